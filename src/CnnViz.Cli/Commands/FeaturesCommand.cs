using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Reading;

namespace CnnViz.Cli.Commands;

/// <summary>Shows what the layers of a model make of pictures.</summary>
internal sealed class FeaturesCommand : CliCommand
{
    private const int Batch = 16;

    private readonly ImageArgument _images;
    private readonly ModelOptions _model;
    private readonly RecordOptions<FeatureMapOptions> _options;
    private readonly PictureOptions _pictures;

    public FeaturesCommand()
        : base("features", "Shows the feature maps that the layers of a model make of pictures, as figures and as pictures.",
            "cnnviz features six.png --model lenet5-digits --layer conv2 --output sheet.png",
            "cnnviz features six.png --model lenet5-digits --layer 'conv*' --top 4 --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this);
        _options = new RecordOptions<FeatureMapOptions>(this);
        _pictures = new PictureOptions(this);
        AddShardOptions();
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        using var model = _model.Open(context);
        var maps = new List<FeatureMap>();
        FeatureReader.FindLayers(model, options);
        foreach (var images in _images.Batches(context, model, options.Preprocessing, Batch))
            maps.AddRange(FeatureReader.Read(model, images, options));
        var files = _pictures.Save(context, maps);
        context.Write(new { Maps = maps, Files = files }, output => TextTable.Write(output, maps,
            ("Image", map => map.Source ?? ""),
            ("Layer", map => map.Layer),
            ("Shape", map => string.Join('×', map.Shape)),
            ("Minimum", map => Text(map.Minimum)),
            ("Maximum", map => Text(map.Maximum)),
            ("Mean", map => Text(map.Mean)),
            ("Sparsity", map => map.Sparsity.ToString("0.0 %", CultureInfo.InvariantCulture))));
    }

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
