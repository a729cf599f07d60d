using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Synthesis.Dreaming;

namespace CnnViz.Commands;

/// <summary>Lets a network see more of what it sees in pictures: they change until a layer is as active as can be. Every picture is a run of its own.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "DeepDream", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(SynthesizedImage))]
public sealed class InvokeDeepDreamCommand : SynthesisCommand
{
    private const string ImagePipeline = nameof(ImagePipeline);
    private const string ModelPipeline = nameof(ModelPipeline);
    private const string ResultPipeline = nameof(ResultPipeline);
    private static readonly DreamOptions Defaults = new();
    private CnnImage? _guide;
    private CnnModel? _introduced;

    /// <summary>The pictures, at their own size: paths (wildcards allowed), http(s) addresses, files, CnnImage or CnnTensor objects, or results with an Image.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ImagePipeline)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ModelPipeline)]
    [ImageSourceTransformation]
    [SupportsWildcards]
    public ImageSource[] Image { get; set; } = [];

    /// <summary>The paths of pictures, in which * ? and [ are letters of the name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = nameof(LiteralPath))]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The model: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ImagePipeline)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ModelPipeline)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = nameof(LiteralPath))]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>A result of another cmdlet, which brings its picture and its model along; of the predictions for a picture the first.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ResultPipeline)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The layers whose activity grows, wildcards allowed, or @{ layer = weight }; left out, one that suits the network, which -Verbose names.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public object[] Layer { get; set; } = [];

    /// <summary>The weight of each layer; left out, all count alike.</summary>
    [Parameter]
    public double[] LayerWeight { get; set; } = [];

    /// <summary>The channels of the layers that grow, from 0; left out, all of them.</summary>
    [Parameter]
    public int[] Channel { get; set; } = [];

    /// <summary>A picture whose features the dream takes on: a path, an address or a picture.</summary>
    [Parameter]
    [ImageSourceTransformation]
    [ValidateCount(1, 1)]
    public ImageSource[]? Guide { get; set; }

    /// <summary>The settings that all others start from: Google2015, Thesis004 or Keras.</summary>
    [Parameter]
    public DreamPreset Preset { get; set; }

    /// <summary>The largest random shift before each step, in pixels; left out, the preset's.</summary>
    [Parameter]
    [ValidateRange(0, 65_536)]
    public int? Jitter { get; set; }

    /// <summary>A size is left once the objective is above this; left out, the preset's.</summary>
    [Parameter]
    public double? ScoreLimit { get; set; }

    /// <summary>The frames of a journey into the picture, each the one before, enlarged and dreamed on; -FramePath shows it. The result is the last frame.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Zoom { get; set; } = Defaults.Zoom;

    /// <summary>The enlargement from one frame of the journey to the next; below 1 it leads out of the picture.</summary>
    [Parameter]
    [ValidateRange(0.1, 10.0)]
    public double ZoomFactor { get; set; } = Defaults.ZoomFactor;

    /// <summary>The turn from one frame of the journey to the next, in degrees.</summary>
    [Parameter]
    [ValidateRange(-360.0, 360.0)]
    public double ZoomAngle { get; set; }

    private DreamOptions Options
    {
        get
        {
            var (layers, weights) = WeightedLayers.Of(Layer, LayerWeight);
            return WithCommon(new DreamOptions
            {
                Preset = Preset,
                Layer = layers,
                LayerWeight = weights,
                Channel = Channel,
                Guide = _guide,
                Jitter = Jitter,
                ScoreLimit = ScoreLimit,
                Zoom = Zoom,
                ZoomFactor = ZoomFactor,
                ZoomAngle = ZoomAngle,
            });
        }
    }

    /// <inheritdoc/>
    protected override void Begin() => Require(() =>
    {
        if (Guide is [var guide])
            _guide = guide.Read(cancellation: Cancellation);
        if (ParameterSetName == ImagePipeline && Model is not null)
            DeepDreamer.Check(Open(Model), Options);
    });

    /// <inheritdoc/>
    protected override void Process()
    {
        // A picture whose five likeliest classes come down the pipeline is one picture.
        if (ParameterSetName == ResultPipeline && InputObject.BaseObject is Prediction { Rank: > 1 })
            return;
        var (sources, modelSource) = ParameterSetName switch
        {
            nameof(LiteralPath) => (LiteralPath.Select(path => ImageSource.FromPath(ResolveFile(path))), Model),
            ResultPipeline => ResultInput.Of(InputObject, nameof(InputObject)) is var (image, model) ? ([image], model) : default,
            _ => (Image, Model),
        };
        var options = Options;
        var opened = Open(modelSource);
        var layers = DeepDreamer.Check(opened, options);
        if (!ReferenceEquals(opened, _introduced))
            Introduce(modelSource, opened, layers);
        foreach (var source in sources)
            Attempt(() => Dream(opened, source, options));
    }

    private void Introduce(ModelSource source, CnnModel model, DreamLayers layers)
    {
        _introduced = model;
        WarnOfRandomWeights(source, model);
        if (layers.Reason is not null)
            WriteVerbose($"{model.Name} dreams of '{layers.Names}', {layers.Reason}.");
    }

    private void Dream(CnnModel model, ImageSource source, DreamOptions options)
    {
        var image = source.Read(cancellation: Cancellation);
        SayConversion(model, source, image.ChannelCount);
        Synthesize(run => DeepDreamer.Make(model, image, options, run), Zoom > 1 ? DeepDreamer.StepsOfFrame(options) : null);
    }
}
