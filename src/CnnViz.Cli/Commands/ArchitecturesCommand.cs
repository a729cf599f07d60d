using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Output;

namespace CnnViz.Cli.Commands;

/// <summary>Lists the architectures that can be built by name.</summary>
internal sealed class ArchitecturesCommand : CliCommand
{
    private readonly Option<string> _name = new("--name") { Description = "Only those of this name; * and ? stand for any characters.", DefaultValueFactory = _ => "*" };

    public ArchitecturesCommand()
        : base("architectures", "Lists the architectures that --model takes by name: year, parameters, input, published weights.",
            "cnnviz architectures",
            "cnnviz architectures --name 'resnet*' --json")
    {
        Add(_name);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var architectures = ArchitectureInfo.Find(context.Arguments.GetRequiredValue(_name));
        context.Write(architectures, output => TextTable.Write(output, architectures,
            ("Name", architecture => architecture.Name),
            ("Year", architecture => architecture.Year.ToString(CultureInfo.InvariantCulture)),
            ("Parameters", architecture => architecture.ParameterCount.ToString("N0", CultureInfo.InvariantCulture)),
            ("Input", architecture => string.Join('×', architecture.InputShape)),
            ("Classes", architecture => architecture.ClassCount.ToString(CultureInfo.InvariantCulture)),
            ("Top-1", architecture => architecture.Top1?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? ""),
            ("Weights", architecture => architecture.WeightsBytes is { } bytes ? (bytes / 1e6).ToString("0.0 MB", CultureInfo.InvariantCulture) : ""),
            ("Cached", architecture => architecture.IsCached switch { true => "yes", false => "no", null => "" })));
    }
}
