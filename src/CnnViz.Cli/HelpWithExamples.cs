using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CnnViz.Cli;

/// <summary>The usual help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string RootExample = "cnnviz tour --directory out/tour";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in parseResult.CommandResult.Command is CliCommand command ? command.Examples : [RootExample])
            output.WriteLine($"  {example}");
        output.WriteLine();
        output.WriteLine("Exit code: 0 done, 1 failed, 2 wrong arguments, 130 interrupted.");
        return ExitCode.Done;
    }
}
