using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Reading;

namespace CnnViz.Cli.Commands;

/// <summary>Names the most probable classes of pictures.</summary>
internal sealed class PredictCommand : CliCommand
{
    private const int Batch = 16;

    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<PredictionOptions> _options;

    public PredictCommand()
        : base("predict", "Names the most probable classes of pictures.",
            "cnnviz predict digit.png --model lenet5-digits",
            "cnnviz predict photos/*.jpg --model mnist.safetensors --top 3 --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this);
        _options = new RecordOptions<PredictionOptions>(this);
        AddShardOptions();
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        using var model = _model.Open(context);
        var options = _options.Bind(context.Arguments);
        var predictions = new List<Prediction>();
        foreach (var images in _images.Batches(context, model, options.Preprocessing, Batch))
            context.Attempt(() => predictions.AddRange(Predictor.Predict(model, images, options).SelectMany(classes => classes)));
        context.Write(predictions, output => TextTable.Write(output, predictions,
            ("Image", prediction => prediction.Image.Source ?? ""),
            ("Rank", prediction => prediction.Rank.ToString(CultureInfo.InvariantCulture)),
            ("Class", prediction => prediction.Class.ToString(CultureInfo.InvariantCulture)),
            ("Label", prediction => prediction.Label),
            ("Probability", prediction => prediction.Probability.ToString("0.00 %", CultureInfo.InvariantCulture)),
            ("Logit", prediction => prediction.Logit.ToString("0.000", CultureInfo.InvariantCulture))));
    }
}
