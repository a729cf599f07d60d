using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Imaging;
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

    private readonly Option<string?> _colors = new("--color-map")
    {
        Description = "The colours; left out, diverging where there are negative values and viridis where not.",
        HelpName = string.Join('|', ColorMap.All),
    };

    public FeaturesCommand()
        : base("features", "Shows the feature maps that the layers of a model make of pictures, as figures and as pictures.",
            "cnnviz features six.png --model lenet5-digits --layer conv2 --output sheet.png",
            "cnnviz features six.png --model lenet5-digits --layer 'conv*' --top 4 --json")
    {
        _images = new ImageArgument(this);
        _model = new ModelOptions(this);
        _options = new RecordOptions<FeatureMapOptions>(this);
        _colors.CompletionSources.Add(_ => ColorMap.All.Select(map => map.Name));
        Add(_colors);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var options = _options.Bind(context.Arguments);
        var colors = context.Arguments.GetValue(_colors) is { } name ? ColorMap.Parse(name) : null;
        using var model = _model.Open(context);
        var maps = new List<FeatureMap>();
        foreach (var images in _images.Read(context).Chunk(Batch))
            maps.AddRange(FeatureReader.Read(model, images, options));
        IReadOnlyList<string> files = maps.Count == 0 ? [] : _pictures.Save(context, [.. maps.SelectMany(map => Pictures(map, colors))]);
        context.Write(new { Maps = maps, Files = files }, output => TextTable.Write(output, maps,
            ("Image", map => map.Source ?? ""),
            ("Layer", map => map.Layer),
            ("Shape", map => string.Join('×', map.Shape)),
            ("Minimum", map => Text(map.Minimum)),
            ("Maximum", map => Text(map.Maximum)),
            ("Mean", map => Text(map.Mean)),
            ("Sparsity", map => map.Sparsity.ToString("0.0 %", CultureInfo.InvariantCulture))));
    }

    private static IEnumerable<Picture> Pictures(FeatureMap map, ColorMap? colors)
    {
        var drawnIn = colors ?? (map.Minimum < 0 ? ColorMap.Diverging : ColorMap.Viridis);
        for (var position = 0; position < map.Channels.Count; position++)
        {
            var values = map.Map(position);
            var drawn = drawnIn.Apply(values);
            var caption = string.Create(CultureInfo.InvariantCulture, $"{map.Layer} {map.Channels[position]}");
            var source = map.Source is { } path ? $"{Path.GetFileNameWithoutExtension(path)}-" : "";
            yield return new Picture(
                $"{source}{caption.Replace(' ', '-')}", caption, new CnnImage(drawn.Data, drawn.ChannelCount, drawn.Height, drawn.Width) { Recipe = map.Recipe }, values);
        }
    }

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
