using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Data;

namespace CnnViz.Cli.Commands;

/// <summary>Takes pictures out of a dataset.</summary>
internal sealed class SamplesCommand : CliCommand
{
    private const int UsualCount = 20;

    private readonly RecordOptions<SampleOptions> _options;
    private readonly PictureOptions _pictures;
    private readonly Option<string> _dataset = new("--dataset") { Description = "A built-in dataset, 'digits' or 'patterns', or a folder with IDX files or with a folder a class.", DefaultValueFactory = _ => "digits" };
    private readonly Option<int?> _size = new("--size") { Description = "Rows and columns of the patterns; left out, 64." };
    private readonly Option<bool> _clean = new("--clean") { Description = "Patterns without grain and without things in front of them." };
    private readonly Option<bool> _train = new("--train") { Description = "Of the training pictures, not of the test pictures." };

    public SamplesCommand()
        : base("samples", $"Takes labelled pictures out of a dataset: {UsualCount}, unless --index or --first says which or how many.",
            "cnnviz samples --output digits.png",
            "cnnviz samples --class 6 --first 3 --directory sixes",
            "cnnviz samples --dataset patterns --size 512 --clean --class leaves --first 1 --output leaves.png")
    {
        Add(_dataset);
        Add(_size);
        Add(_clean);
        Add(_train);
        _options = new RecordOptions<SampleOptions>(this);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var data = Datasets.Open(context.Arguments.GetRequiredValue(_dataset), size: context.Arguments.GetValue(_size), isClean: context.Arguments.GetValue(_clean));
        var options = _options.Bind(context.Arguments);
        if (options is { Index: null, First: null })
            options = options with { First = UsualCount };
        var part = context.Arguments.GetValue(_train) || data.Test is null ? data.Train : data.Test;
        var chosen = part.Sample(options);
        var samples = Enumerable.Range(0, chosen.Count).Select(chosen.GetImage).ToArray();
        var files = _pictures.Save(context, samples);
        context.Write(new { Samples = samples, Files = files }, output => TextTable.Write(output, samples,
            ("Source", sample => sample.Source ?? ""),
            ("Class", sample => sample.Class?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("Label", sample => sample.Label ?? ""),
            ("Shape", sample => string.Join('×', sample.Shape))));
    }
}
