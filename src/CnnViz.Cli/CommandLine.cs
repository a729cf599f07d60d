using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CnnViz.Cli.Commands;

namespace CnnViz.Cli;

/// <summary>The command <c>cnnviz</c>: what it consists of, and how an argument list is carried out.</summary>
internal static class CommandLine
{
    /// <summary>How long what is being computed may take to end after Ctrl+C: an evaluation or a file to be written.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Carries out an argument list.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where messages, progress and errors go.</param>
    /// <returns>A code of <see cref="ExitCode"/>.</returns>
    public static int Invoke(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var result = Create().Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        if (result.Action is not ParseErrorAction)
            return result.InvokeAsync(configuration).GetAwaiter().GetResult();
        foreach (var problem in result.Errors)
            error.WriteLine($"error CnnViz.ArgumentInvalid: {problem.Message}");
        error.WriteLine($"'{CommandPath(result)} --help' shows what it takes.");
        return ExitCode.WrongArguments;
    }

    /// <summary>The command with its subcommands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Looks inside convolutional networks: trains them, and shows what they look for, what they see and what they say.")
        {
            new TrainCommand(),
            new PredictCommand(),
            new ArchitecturesCommand(),
            new LayersCommand(),
            new FiltersCommand(),
            new FeaturesCommand(),
            new SaliencyCommand(),
            new MaximizeCommand(),
            new DreamCommand(),
            new StyleCommand(),
            new AttackCommand(),
            new RobustnessCommand(),
            new TransferCommand(),
            new MergeCommand(),
            new CompareCommand(),
            new MeasureCommand(),
            new SamplesCommand(),
            new ConvolveCommand(),
            new ReportCommand(),
            new RuntimeCommand(),
            new TourCommand(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static string CommandPath(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? "cnnviz" : $"cnnviz {result.CommandResult.Command.Name}";
}
