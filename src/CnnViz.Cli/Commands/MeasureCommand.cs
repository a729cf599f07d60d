using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Reading;

namespace CnnViz.Cli.Commands;

/// <summary>Says which methods' saliency maps of pictures can be believed.</summary>
internal sealed class MeasureCommand : CliCommand
{
    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<SaliencyOptions> _saliency;
    private readonly RecordOptions<SaliencyMeasureOptions> _options;
    private readonly PictureOptions _pictures;

    public MeasureCommand()
        : base("measure", "Makes saliency maps by several methods, measures whether they can be believed, and ranks them.",
            "cnnviz measure six.png --model lenet5-digits --method Gradient,GradCam --output curves.png",
            "cnnviz measure photo.jpg --model weights.pth --method GradCam --measure All --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this);
        _saliency = new RecordOptions<SaliencyOptions>(this, _model.Details);
        _options = new RecordOptions<SaliencyMeasureOptions>(this, _saliency.All);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var saliency = _saliency.Bind(context.Arguments);
        var options = _options.Bind(context.Arguments);
        using var model = _model.Open(context);
        SaliencyReader.Check(model, saliency);
        var measured = new List<SaliencyMeasurement>();
        foreach (var image in _images.Read(context, model, saliency.Preprocessing))
        {
            context.Attempt(() =>
            {
                foreach (var map in SaliencyReader.Read(model, [image], saliency, cancellation: context.Cancellation))
                    measured.Add(Measure(context, map, options));
            });
        }
        var ranked = SaliencyMeter.Rank(measured);
        var files = _pictures.Save(context, ranked.GroupBy(one => (one.Image, one.Target)).Select(group => group.ToArray()));
        context.Write(new { Measurements = ranked, Methods = SaliencyMeter.Summarize(ranked), Files = files }, output => TextTable.Write(output, ranked,
            ("Image", one => one.Source ?? ""),
            ("Label", one => one.Label),
            ("Rank", one => one.Rank?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("Method", one => one.Method.ToString()),
            ("Score", one => Text(one.Score)),
            ("Insertion", one => Text(one.InsertionAuc)),
            ("Deletion", one => Text(one.DeletionAuc)),
            ("Road", one => Text(one.Road)),
            ("Infidelity", one => one.Infidelity?.ToString("0.00e+0", CultureInfo.InvariantCulture) ?? ""),
            ("MaxSensitivity", one => Text(one.MaxSensitivity)),
            ("Randomization", one => Text(one.RandomizationCorrelation))));
    }

    private static SaliencyMeasurement Measure(CommandContext context, SaliencyMap map, SaliencyMeasureOptions options)
    {
        SaliencyMeasurement measured;
        using (var progress = context.ShowProgress())
            measured = SaliencyMeter.Measure(map, options, progress: progress, cancellation: context.Cancellation);
        foreach (var warning in measured.Warnings)
            context.Message($"warning: {ErrorWording.ForCommandLine(warning)}");
        return measured;
    }

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
