using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Reading;

namespace CnnViz.Cli.Commands;

/// <summary>Shows the kernels of convolutions.</summary>
internal sealed class FiltersCommand : CliCommand
{
    private readonly ModelOptions _model;
    private readonly PictureOptions _pictures;
    private readonly Option<string> _layer = new("--layer", "-l") { Description = "The convolution by its dotted name; * and ? stand for any characters.", DefaultValueFactory = _ => "*" };
    private readonly Option<int[]> _index = new("--index") { Description = "Only these filters.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _annotate = new("--annotate") { Description = "Write the weights into the pictures." };

    public FiltersCommand()
        : base("filters", "Shows the filters of convolutions, as figures and as pictures.",
            "cnnviz filters --model lenet5-digits --layer conv1 --annotate --output filters.png",
            "cnnviz filters --model four-filters --json")
    {
        _model = new ModelOptions(this);
        Add(_layer);
        Add(_index);
        Add(_annotate);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        using var model = _model.Open(context);
        var filters = FilterReader.Read(model, context.Arguments.GetRequiredValue(_layer), context.Arguments.GetValue(_index) ?? []);
        var files = _pictures.Save(context, filters, context.Arguments.GetValue(_annotate));
        context.Write(new { Filters = filters, Files = files }, output => TextTable.Write(output, filters,
            ("Layer", filter => filter.Layer),
            ("Index", filter => filter.Index.ToString(CultureInfo.InvariantCulture)),
            ("Shape", filter => string.Join('×', filter.Values.Shape)),
            ("Minimum", filter => Text(filter.Values.Minimum)),
            ("Maximum", filter => Text(filter.Values.Maximum)),
            ("Bias", filter => filter.Bias is { } bias ? Text(bias) : "")));
    }

    private static string Text(float value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
