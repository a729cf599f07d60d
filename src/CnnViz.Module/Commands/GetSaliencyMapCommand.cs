using System.Management.Automation;
using CnnViz.Objectives;
using CnnViz.Parameters;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>Shows what in pictures drives a model's scores, or a channel, a direction, whatever an objective asks. A result that names a class, such as a prediction, is asked about that class.</summary>
[Cmdlet(VerbsCommon.Get, "SaliencyMap", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(SaliencyMap))]
public sealed class GetSaliencyMapCommand : ImageCommand<SaliencyOptions>
{
    private static readonly SaliencyOptions Defaults = new();
    private IReadOnlyList<string> _target = Defaults.Target;
    private CnnTensor? _baseline;
    private CnnModel? _baselineModel;
    private IReadOnlyList<Objective> _objective = [];
    private CnnModel? _objectiveModel;
    private Objective[] _piped = [];
    private (CnnModel? Model, string? Reason) _saidOfLayer;

    /// <summary>The methods, each of which gives a map.</summary>
    [Parameter(Position = 1)]
    public SaliencyMethod[] Method { get; set; } = [.. Defaults.Method];

    /// <summary>Settings of a source; Thesis004 is for Grad-CAM: the mean over the maps without rectifier, added to the picture.</summary>
    [Parameter]
    public SaliencyPreset Preset { get; set; }

    /// <summary>The classes, each of which gives a map: indices, labels, WordNet ids, or Top1 to TopN. Top1 unless told, and a result's own class where it has one.</summary>
    [Parameter(ParameterSetName = ImagePipeline)]
    [Parameter(ParameterSetName = ModelPipeline)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ResultPipeline, ValueFromPipelineByPropertyName = true)]
    [Alias("Class")]
    [ArgumentCompleter(typeof(ClassCompleter))]
    public string[]? Target { get; set; } = [.. Defaults.Target];

    /// <summary>
    /// What is asked about instead of classes, each of which gives a map: texts such as 'channel features.28 66' or 'class 3 - 0.5 * class 5', tables such as
    /// @{ Layer = 'features.28'; Channel = 66; Weight = 2 }, objectives, or a list of these, which is their sum.
    /// </summary>
    [Parameter(ParameterSetName = ImagePipeline)]
    [Parameter(ParameterSetName = ModelPipeline)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ResultPipeline, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ObjectiveCompleter))]
    public object?[]? Objective { get; set; }

    /// <summary>The layers of class activation maps, wildcards allowed; left out, the last one with extent. Maps of several are averaged.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = [];

    /// <summary>What is kept of the signs: Signed, Absolute or Positive values.</summary>
    [Parameter]
    public SaliencySign Sign { get; set; }

    /// <summary>How channels become one: None, Maximum or Mean.</summary>
    [Parameter]
    public ChannelReduction Reduction { get; set; }

    /// <summary>How DeepLIFT goes back through max-pooling: Gradient, or Rescale, with which the values sum to the difference of scores.</summary>
    [Parameter]
    public PoolingRule PoolingRule { get; set; }

    /// <summary>The picture without content that integrated gradients and DeepLIFT start from and occlusion covers with.</summary>
    [Parameter]
    public BaselineKind Baseline { get; set; }

    /// <summary>A picture of one's own as the baseline: a path, an address or a picture, resized as the pictures are; with -Raw a tensor as it stands.</summary>
    [Parameter]
    [ImageSourceTransformation]
    [ValidateCount(1, 1)]
    public ImageSource[]? BaselineImage { get; set; }

    /// <summary>The steps of integrated gradients.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Step { get; set; } = Defaults.Step;

    /// <summary>The noisy copies of SmoothGrad, SmoothGradSquared and VarGrad.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int SampleCount { get; set; } = Defaults.SampleCount;

    /// <summary>The deviation of the noise, as a part of the input's range.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double NoiseLevel { get; set; } = Defaults.NoiseLevel;

    /// <summary>The deviation of the noise in the normalised input's units, instead of the noise level.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    public double? NoiseDeviation { get; set; }

    /// <summary>The gradient method that is read of each noisy copy.</summary>
    [Parameter]
    public SaliencyMethod BaseMethod { get; set; } = Defaults.BaseMethod;

    /// <summary>The side of occlusion's window, in pixels; left out, a seventh of the input's.</summary>
    [Parameter]
    [ValidateRange(1, 65_536)]
    public int? Window { get; set; }

    /// <summary>Pixels from one window of occlusion to the next; left out, half a window.</summary>
    [Parameter]
    [ValidateRange(1, 65_536)]
    public int? Stride { get; set; }

    /// <summary>The random masks of RISE.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int MaskCount { get; set; } = Defaults.MaskCount;

    /// <summary>Cells along a side of RISE's masks.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int MaskSize { get; set; } = Defaults.MaskSize;

    /// <summary>The probability that a cell of RISE's masks lets the picture through.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double MaskProbability { get; set; } = Defaults.MaskProbability;

    /// <summary>The seed of noise and masks, anew for each picture.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override SaliencyOptions Options
    {
        get
        {
            // Results bring a list each; neighbours that ask the same share it, and their computation.
            // What a result is about gives way to what is asked for.
            var target = Target is null || (ParameterSetName == ResultPipeline && Objective is not null) ? Defaults.Target : Target;
            if (!target.SequenceEqual(_target))
                _target = target;
            Objective[] piped = ObjectiveArgument.Made(Objective);
            if (!piped.SequenceEqual(_piped))
                _piped = piped;
            return new()
            {
                Method = Method,
                Preset = Preset,
                Target = _target,
                Objective = _piped,
                Layer = Layer,
                Sign = Sign,
                Reduction = Reduction,
                PoolingRule = PoolingRule,
                Baseline = Baseline,
                Step = Step,
                SampleCount = SampleCount,
                NoiseLevel = NoiseLevel,
                NoiseDeviation = NoiseDeviation,
                BaseMethod = BaseMethod,
                Window = Window,
                Stride = Stride,
                MaskCount = MaskCount,
                MaskSize = MaskSize,
                MaskProbability = MaskProbability,
                BatchSize = MyInvocation.BoundParameters.ContainsKey(nameof(BatchSize)) ? BatchSize : null,
                Seed = Seed,
                Preprocessing = Mode,
            };
        }
    }

    /// <inheritdoc/>
    protected override void Check(CnnModel model, SaliencyOptions options) => SaliencyReader.Check(model, options with { Objective = ObjectivesFor(model, options) });

    /// <inheritdoc/>
    protected override IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images, SaliencyOptions options)
    {
        using var progress = ShowProgress();
        return SaliencyReader.Read(model, images, options with { BaselineImage = BaselineFor(model), Objective = ObjectivesFor(model, options) }, progress, Cancellation);
    }

    /// <inheritdoc/>
    protected override void Comment(object result)
    {
        var map = (SaliencyMap)result;
        if (map.LayerReason is not null && _saidOfLayer != (map.Model, map.LayerReason))
        {
            WriteVerbose($"{map.Model!.Name}: maps are read at '{map.Layer}', {map.LayerReason}.");
            _saidOfLayer = (map.Model, map.LayerReason);
        }
        foreach (var warning in map.Warnings)
            WriteWarning($"{map.Source ?? "The picture"}, {map.Method}: {warning}");
    }

    /// <summary>Objectives come as they are; texts and tables, which the command line alone has, are understood once for each model.</summary>
    private IReadOnlyList<Objective> ObjectivesFor(CnnModel model, SaliencyOptions options)
    {
        if (options.Objective.Count > 0 || Objective is null)
            return options.Objective;
        if (!ReferenceEquals(model, _objectiveModel))
        {
            var shape = Raw ? null : model.InputShape;
            _objective = [.. Objective.Select(one => ObjectiveArgument.Parse(one, model, shape, ResolveFile))];
            _objectiveModel = model;
        }
        return _objective;
    }

    private CnnTensor? BaselineFor(CnnModel model)
    {
        if (BaselineImage is [var source] && !ReferenceEquals(model, _baselineModel))
            (_baseline, _baselineModel) = (NetworkInput.Read(model, source, Mode, Cancellation).Images[0], model);
        return _baseline;
    }
}
