using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;
using CnnViz.Synthesis.Maximization;

namespace CnnViz.Commands;

/// <summary>Makes pictures that drive classes, or channels, neurons and whole layers of a model, as far as they can.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ClassMaximization", DefaultParameterSetName = OfClass, SupportsShouldProcess = true)]
[OutputType(typeof(SynthesizedImage))]
public sealed class InvokeClassMaximizationCommand : SynthesisCommand
{
    private const string OfClass = "Class";
    private const string OfLayer = "Layer";

    /// <summary>The classes, each of which gives a picture: indices, labels, WordNet ids, or * for all.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OfClass)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public string[] Class { get; set; } = [];

    /// <summary>The layers by their dotted names, wildcards allowed; without -Channel and -Neuron each as a whole.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfLayer)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>The channels of the layers, each of which gives a picture: numbers from 0, ranges such as 0..15, or * for all.</summary>
    [Parameter(ParameterSetName = OfLayer)]
    public string[] Channel { get; set; } = [];

    /// <summary>One value of the layers: its channel (then the middle one), or channel, row and column.</summary>
    [Parameter(ParameterSetName = OfLayer)]
    public int[] Neuron { get; set; } = [];

    /// <summary>The model: from Import-CnnModel, or its name or path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>The settings of a source; None is the project's own.</summary>
    [Parameter]
    public MaximizationPreset Preset { get; set; }

    /// <summary>What of a class is maximised: Logit, Probability or Both; left out, the preset's.</summary>
    [Parameter(ParameterSetName = OfClass)]
    public ClassScore? Score { get; set; }

    /// <summary>What is optimised: Pixel, Fourier (a spectrum) or Input (the normalised input); left out, the preset's.</summary>
    [Parameter]
    public PictureSpace? Parameterization { get; set; }

    /// <summary>Whether a spectrum has decorrelated colours; it has, unless -Decorrelate:$false.</summary>
    [Parameter]
    public SwitchParameter Decorrelate { get; set; }

    /// <summary>The largest random shift at each step, in pixels. This, -Scaling or -Rotation replaces the preset's transforms.</summary>
    [Parameter]
    [ValidateRange(0, 65_536)]
    public int? Jitter { get; set; }

    /// <summary>The largest random scaling at each step: 0.1 for 0.9 to 1.1.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.5)]
    public double? Scaling { get; set; }

    /// <summary>The largest random rotation at each step, in degrees to either side.</summary>
    [Parameter]
    [ValidateRange(0.0, 180.0)]
    public double? Rotation { get; set; }

    /// <summary>What keeps the picture plain, in place of the preset's: 'l2 0.001' to 'linf 1', 'tv 0.0001', 'decay 0.01', 'blur 0.5 every 4', 'gradientblur 1', 'laplacian 4', 'unitnorm mean', or none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegularizationCompleter))]
    public string[] Regularization { get; set; } = [];

    /// <summary>The momentum of SGD; left out, the preset's.</summary>
    [Parameter]
    public double? Momentum { get; set; }

    /// <summary>The optimiser's pull of the values towards 0; left out, the preset's.</summary>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <summary>The picture to start from: a path, an address or a picture; with -Raw a tensor as it stands. Left out, noise.</summary>
    [Parameter]
    [ImageSourceTransformation]
    [ValidateCount(1, 1)]
    public ImageSource[]? InitialImage { get; set; }

    /// <summary>Gives the network's normalised input as it stands, instead of pixels.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The pictures that are made together; left out, as memory allows, at most 16.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? BatchSize { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var model = Open(Model);
        WarnOfRandomWeights(Model, model);
        var options = WithCommon(new MaximizationOptions
        {
            Preset = Preset,
            Class = Class,
            Layer = Layer,
            Channel = Channel,
            Neuron = Neuron,
            Score = Score,
            Parameterization = Parameterization,
            Decorrelate = MyInvocation.BoundParameters.ContainsKey(nameof(Decorrelate)) ? Decorrelate : null,
            Jitter = Jitter,
            Scaling = Scaling,
            Rotation = Rotation,
            Regularization = Regularization,
            Momentum = Momentum,
            WeightDecay = WeightDecay,
            InitialImage = Start(model),
            Raw = Raw,
            BatchSize = BatchSize,
        });
        ClassMaximizer.Check(model, options);
        Synthesize(run => ClassMaximizer.Make(model, options, run));
    }

    private CnnImage? Start(CnnModel model) => InitialImage is not [var source] ? null
        : Raw ? NetworkInput.Read(model, source, PreprocessingMode.Raw, Cancellation).Images[0]
        : source.Read(cancellation: Cancellation);
}
