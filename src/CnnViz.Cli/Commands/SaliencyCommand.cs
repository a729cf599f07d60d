using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Objectives;
using CnnViz.Reading;

namespace CnnViz.Cli.Commands;

/// <summary>Shows what in pictures drives a model's scores.</summary>
internal sealed class SaliencyCommand : CliCommand
{
    private const int Batch = 16;

    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<SaliencyOptions> _options;
    private readonly PictureOptions _pictures;
    private readonly Option<string?> _baselineImage = new("--baseline-image")
    {
        Description = "A picture of your own as the picture without content.",
        HelpName = "file",
    };

    // Its commas are its own, so that it is no list of the record's options.
    private readonly Option<string[]> _objective = new("--objective")
    {
        Description = "What is asked about instead of classes, such as 'channel features.28 66' or 'class 3 - 0.5 * class 5'; may be given several times.",
        HelpName = "text",
        Arity = ArgumentArity.OneOrMore,
    };

    public SaliencyCommand()
        : base("saliency", "Shows what in pictures drives a model's scores, as pictures and as values.",
            "cnnviz saliency photo.jpg --model squeezenet1_1.pth --method GradCam,Gradient --output sheet.png",
            "cnnviz saliency photo.jpg --model mobilenet_v2 --pretrained --method GradCam --target 'tabby,Egyptian cat' --output cats.png",
            "cnnviz saliency photo.jpg --model vgg19.safetensors --objective 'channel features.28 66' --method IntegratedGradients --output channel.png",
            "cnnviz saliency six.png --model lenet5-digits --method Gradient --target Top1,Top2 --output maps.safetensors --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this);
        _options = new RecordOptions<SaliencyOptions>(this, _model.Details);
        Add(_objective);
        Add(_baselineImage);
        _pictures = new PictureOptions(this, hasMaps: true);
        AddShardOptions();
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        using var model = _model.Open(context);
        if (context.Arguments.GetValue(_baselineImage) is { } baseline)
            options = options with { BaselineImage = NetworkInput.Read(model, ImageSource.Parse(baseline), options.Preprocessing, context.Cancellation).Images[0] };
        if (context.Arguments.GetValue(_objective) is { Length: > 0 } objectives)
            options = options with { Objective = [.. objectives.Select(text => Objective.Parse(text, model))] };
        SaliencyReader.Check(model, options);
        var maps = new List<SaliencyMap>();
        foreach (var images in _images.Batches(context, model, options.Preprocessing, options.BatchSize ?? Batch))
        {
            using var progress = context.ShowProgress();
            context.Attempt(() => maps.AddRange(SaliencyReader.Read(model, images, options, progress, context.Cancellation)));
        }
        foreach (var reason in maps.Where(map => map.LayerReason is not null).Select(map => $"Maps are read at '{map.Layer}', {map.LayerReason}.").Distinct())
            context.Message(reason);
        foreach (var map in maps)
        {
            foreach (var warning in map.Warnings)
                context.Message($"warning: {map.Source}, {map.Method}: {ErrorWording.ForCommandLine(warning)}");
        }
        var files = _pictures.Save(context, maps);
        context.Write(new { Maps = maps.Select(ForJson), Files = files }, output => TextTable.Write(output, maps,
            ("Image", map => map.Source ?? ""),
            ("Method", map => map.Method.ToString()),
            ("Layer", map => map.Layer ?? ""),
            ("Target", map => map.Target?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ("Label", map => map.Label),
            ("Score", map => map.Score.ToString("0.000", CultureInfo.InvariantCulture)),
            ("Probability", map => map.Probability?.ToString("0.00 %", CultureInfo.InvariantCulture) ?? ""),
            ("Delta", map => map.Delta?.ToString("g2", CultureInfo.InvariantCulture) ?? "")));
    }

    /// <summary>A map without the settings, which all of them share with its recipe.</summary>
    private static object ForJson(SaliencyMap map) => new
    {
        map.Source,
        map.Image,
        map.Method,
        map.Layer,
        map.LayerReason,
        map.Target,
        Objective = map.Objective?.ToString(),
        map.Label,
        map.Score,
        map.Probability,
        map.Delta,
        map.Values,
        map.Warnings,
        map.Recipe,
    };
}
