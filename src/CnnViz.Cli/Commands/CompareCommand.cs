using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Networks;
using CnnViz.Reading;

namespace CnnViz.Cli.Commands;

/// <summary>Compares two models on the same pictures.</summary>
internal sealed class CompareCommand : CliCommand
{
    private const int Batch = 16;

    private readonly ImageArgument _images;
    private readonly Option<string> _reference = Model("--reference", "The model that is compared with.");
    private readonly Option<string> _difference = Model("--difference", "The other model.");
    private readonly RecordOptions<ModelComparisonOptions> _options;
    private readonly Option<double?> _failAbove = new("--fail-above") { Description = "Fail where a larger part of the answers, 0 to 1, has changed." };
    private readonly Option<double?> _minimumCorrelation = new("--minimum-correlation") { Description = "Fail where the mean rank correlation of the explanations is smaller." };
    private readonly PictureOptions _pictures;

    public CompareCommand()
        : base("compare", "Compares two models on the same pictures: answers, explanations and activations.",
            "cnnviz compare six.png --reference lenet5-digits --difference mine.safetensors --output both.png",
            "cnnviz compare photos/*.jpg --reference old.pth --difference new.pth --fail-above 0.02 --json")
    {
        _images = new ImageArgument(this);
        Add(_reference);
        Add(_difference);
        _options = new RecordOptions<ModelComparisonOptions>(this);
        Add(_failAbove);
        Add(_minimumCorrelation);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        using var reference = Open(context, _reference);
        using var difference = Open(context, _difference);
        ModelComparer.Check(reference, difference, options);
        var comparisons = new List<ModelComparison>();
        var prepared = new List<(CnnImage Reference, CnnImage Difference)>();
        foreach (var image in _images.Read(context))
            context.Attempt(() => prepared.Add(ModelComparer.Prepare(reference, difference, image, options.Preprocessing)));
        foreach (var images in prepared.Chunk(Batch))
            context.Attempt(() => comparisons.AddRange(ModelComparer.Compare(reference, difference, images, options, context.Cancellation)));
        if (comparisons.Count == 0)
            return;
        var files = _pictures.Save(context, comparisons);
        var summary = ModelComparisonSummary.Of(comparisons);
        context.Write(new { Summary = summary, Comparisons = comparisons, Files = files }, output =>
        {
            TextTable.Write(output, comparisons,
                ("Image", comparison => comparison.Source ?? ""),
                ("Reference", comparison => Text(comparison.Reference)),
                ("Difference", comparison => Text(comparison.Difference)),
                ("Changed", comparison => comparison.IsChanged ? "yes" : ""),
                ("Correlation", comparison => Text(comparison.RankCorrelation)),
                ("Overlap", comparison => Text(comparison.TopOverlap)),
                ("Layers", comparison => comparison.FeatureDistance is { } distance ? Text(distance) : ""));
            output.WriteLine(FormattableString.Invariant($"{summary.Changed} of {summary.Count} answers changed; mean rank correlation {summary.RankCorrelation:0.000}, overlap {summary.TopOverlap:0.000}."));
        });
        summary.Require(context.Arguments.GetValue(_failAbove), context.Arguments.GetValue(_minimumCorrelation));
    }

    private static Option<string> Model(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "file|name", Required = true };
        option.CompletionSources.Add(_ => ModelSource.KnownNames);
        return option;
    }

    private static CnnModel Open(CommandContext context, Option<string> option)
    {
        var model = ModelSource.Parse(context.Arguments.GetRequiredValue(option)).Open(new ModelImportOptions { Cancellation = context.Cancellation });
        foreach (var warning in model.Warnings)
            context.Message($"warning: {ErrorWording.ForCommandLine(warning)}");
        return model;
    }

    private static string Text(Prediction prediction) => string.Create(CultureInfo.InvariantCulture, $"{prediction.Label} {prediction.Probability:0.0 %}");

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
