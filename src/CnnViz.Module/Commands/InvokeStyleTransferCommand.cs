using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CnnViz.Networks;
using CnnViz.Parameters;
using CnnViz.Synthesis.Style;

namespace CnnViz.Commands;

/// <summary>
/// Paints pictures in the style of others (Gatys et al. 2015), with any network. Contents, models and numbers may come down the pipeline, and weights may be
/// several: each combination is a picture, and its title says what it differs in.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "StyleTransfer", DefaultParameterSetName = ContentPipeline)]
[OutputType(typeof(SynthesizedImage))]
public sealed partial class InvokeStyleTransferCommand : SynthesisCommand
{
    private const string ContentPipeline = nameof(ContentPipeline);
    private const string ModelPipeline = nameof(ModelPipeline);
    private Dictionary<string, object?> _given = [];

    /// <summary>The pictures to be painted, each of which gives a result: paths (wildcards allowed), http(s) addresses, files, CnnImage objects, or results with an Image.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ContentPipeline)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ModelPipeline)]
    [ImageSourceTransformation]
    [SupportsWildcards]
    public ImageSource[] Content { get; set; } = [];

    /// <summary>The pictures whose style is taken, all of them together.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ImageSourceTransformation]
    [SupportsWildcards]
    public ImageSource[] Style { get; set; } = [];

    /// <summary>The model: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContentPipeline)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ModelPipeline)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>
    /// The forms of the losses with their weights: Standard (each loss as a part of what is wanted, so that the same weights do for every network), Thesis000,
    /// Gatys or NeuralStyle.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public StylePreset Preset { get; set; }

    /// <summary>The weight of the style; several give a picture each. Left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double[] StyleWeight { get; set; } = [];

    /// <summary>The weight of the content; several give a picture each. Left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double[] ContentWeight { get; set; } = [];

    /// <summary>The weight of the picture's roughness, which makes it smoother; several give a picture each. Left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double[] TotalVariationWeight { get; set; } = [];

    /// <summary>The layers of the style: names, or a table of names and weights such as @{ 'features.1' = 1; 'features.6' = 0.5 }. Left out, those of the network's family.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [LayerWeightTransformation]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public LayerWeight[] StyleLayer { get; set; } = [];

    /// <summary>The layers of the content; left out, that of the network's family.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] ContentLayer { get; set; } = [];

    /// <summary>What each of several styles counts for; left out, all alike.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double[] StyleBlend { get; set; } = [];

    /// <summary>The size of the style's pictures, as a part of the picture's: larger ones give larger strokes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double StyleScale { get; set; } = new StyleOptions().StyleScale;

    /// <summary>Where each style is to be: a picture a style, white where it counts and black where not.</summary>
    [Parameter]
    [ImageSourceTransformation]
    public ImageSource[] Mask { get; set; } = [];

    /// <summary>Keeps the colours of the content: only the luminance of the result is taken.</summary>
    [Parameter]
    public SwitchParameter PreserveColor { get; set; }

    /// <summary>The longer sides that are worked at one after another, such as 256, 512, 1024; in place of -Size, -Octave and -OctaveScale.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int[] Scale { get; set; } = [];

    /// <summary>What it starts from: Content or Noise; left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public StyleStart? Initialization { get; set; }

    /// <summary>A picture of one's own to start from, such as an earlier result.</summary>
    [Parameter]
    [ImageSourceTransformation]
    [ValidateCount(1, 1)]
    public ImageSource[]? InitialImage { get; set; }

    /// <summary>What the network's poolings take of their windows: Own, Max or Average; left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PoolingKind? Pooling { get; set; }

    /// <summary>How much of its weight each earlier picture keeps in the mean that is given back, from 0 for the last picture to below 1; left out, 0.98 with Adam.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double? AverageDecay { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _given = MyInvocation.BoundParameters.ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        if (ParameterSetName == ContentPipeline && Model is not null)
            Require(() => Open(Model));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var model = Open(Model);
        WarnOfRandomWeights(Model, model);
        CnnImage[] styles = [.. Style.Select(Read)];
        var options = WithCommon(new StyleOptions
        {
            Preset = Preset,
            StyleLayer = StyleLayer,
            ContentLayer = ContentLayer,
            StyleBlend = StyleBlend,
            StyleScale = StyleScale,
            Mask = [.. Mask.Select(Read)],
            PreserveColor = PreserveColor,
            Scale = Scale,
            Initialization = Initialization,
            InitialImage = InitialImage is [var start] ? Read(start) : null,
            Pooling = Pooling,
            AverageDecay = AverageDecay,
        });
        StyleTransfer.Check(model, styles.Length, options);
        foreach (var source in Content)
        {
            Attempt(() =>
            {
                var content = Read(source);
                foreach (var each in Combinations(options))
                    Synthesize(run => StyleTransfer.Make(model, content, styles, each, run, WriteVerbose));
            });
        }
    }

    /// <summary>A record for each combination of the weights.</summary>
    private IEnumerable<StyleOptions> Combinations(StyleOptions options) =>
        from style in Each(StyleWeight)
        from content in Each(ContentWeight)
        from variation in Each(TotalVariationWeight)
        select options with { StyleWeight = style, ContentWeight = content, TotalVariationWeight = variation, Title = Title(style, content, variation) };

    private static IEnumerable<double?> Each(double[] values) => values.Length == 0 ? [null] : values.Cast<double?>();

    /// <summary>What this picture differs in from the others of the call; null where there is nothing to say.</summary>
    private string? Title(double? style, double? content, double? variation)
    {
        var parts = new List<string>();
        Tell(nameof(StyleWeight), StyleWeight, style);
        Tell(nameof(ContentWeight), ContentWeight, content);
        Tell(nameof(TotalVariationWeight), TotalVariationWeight, variation);
        string[] told = [nameof(StyleWeight), nameof(ContentWeight), nameof(TotalVariationWeight), nameof(Content), nameof(Style), nameof(Model)];
        foreach (var (name, value) in MyInvocation.BoundParameters)
        {
            if (IsPiped(name, value) && !told.Contains(name))
                parts.Add($"{Words(name)} {Text(value)}");
        }
        return parts.Count == 0 ? null : string.Join(", ", parts);

        void Tell(string name, double[] values, double? value)
        {
            if (values.Length > 1 || (values.Length == 1 && IsPiped(name, values)))
                parts.Add($"{Words(name)} {Text(value)}");
        }
    }

    /// <summary>What comes down the pipeline is bound anew for each record; a script block on the command line becomes its value then.</summary>
    private bool IsPiped(string name, object? value) => !_given.TryGetValue(name, out var first) || !ReferenceEquals(first, value);

    private static string Text(object? value) => value switch
    {
        LayerWeight { Weight: 1 } plain => plain.Layer,
        System.Collections.IEnumerable several and not string => string.Join(", ", several.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Words(string name) => WordStart().Replace(name, " $0").ToLowerInvariant();

    private CnnImage Read(ImageSource source) => source.Read(cancellation: Cancellation);

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();
}
