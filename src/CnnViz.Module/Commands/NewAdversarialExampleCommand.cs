using System.Management.Automation;
using CnnViz.Attacks;
using CnnViz.Parameters;
using CnnViz.Reading;
using CnnViz.Running;

namespace CnnViz.Commands;

/// <summary>
/// Changes pictures a little so that a model errs, and says honestly whether it does: every figure holds for the picture as it is after it was saved with 8
/// bits and read back. With several models one picture is to fool all of them.
/// </summary>
[Cmdlet(VerbsCommon.New, "AdversarialExample", DefaultParameterSetName = ImagePipeline)]
[OutputType(typeof(AdversarialExample))]
public sealed class NewAdversarialExampleCommand : ImageCommand<AttackOptions>
{
    private static readonly AttackOptions Defaults = new();
    private bool _hasRun;

    /// <summary>The attack. Pgd is the gradient ascent of log P within epsilon; Ensemble is the strongest.</summary>
    [Parameter(Position = 1)]
    public AttackMethod Method { get; set; } = Defaults.Method;

    /// <summary>The largest change, of pixels in [0,1]: a number or a fraction as text, '8/255' unless told. CarliniWagner and DeepFool look for the smallest.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Fraction Epsilon { get; set; } = Defaults.Epsilon;

    /// <summary>How distance is measured: Linf, the largest change of a value, or L2, the root of the sum of squares.</summary>
    [Parameter]
    public AttackNorm Norm { get; set; }

    /// <summary>The class to reach: an index, a label, a WordNet id, Top2 to TopN, or Random. Left out, any other than the present one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClassCompleter))]
    public string? Target { get; set; }

    /// <summary>Steps; left out, the method's own.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? Step { get; set; }

    /// <summary>The length of a step, a number or a fraction as text; left out, the method's own: a tenth of epsilon for gradient attacks.</summary>
    [Parameter]
    public Fraction? StepSize { get; set; }

    /// <summary>Starts gradient attacks at a random place within epsilon.</summary>
    [Parameter]
    public SwitchParameter RandomStart { get; set; }

    /// <summary>Runs of a gradient attack; all but the first start at random, and the best counts.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Restart { get; set; } = Defaults.Restart;

    /// <summary>The part of the direction that MiFgsm keeps from step to step.</summary>
    [Parameter]
    [ValidateRange(0.0, 10.0)]
    public double Momentum { get; set; } = Defaults.Momentum;

    /// <summary>The logit by which the wrong class is to lead (CarliniWagner).</summary>
    [Parameter]
    [ValidateRange(0.0, 1e6)]
    public double Confidence { get; set; } = Defaults.Confidence;

    /// <summary>The constants that CarliniWagner tries.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int SearchStep { get; set; } = Defaults.SearchStep;

    /// <summary>The first of these constants.</summary>
    [Parameter]
    [ValidateRange(1e-12, 1e10)]
    public double InitialConstant { get; set; } = Defaults.InitialConstant;

    /// <summary>How far beyond the border DeepFool goes, as a part.</summary>
    [Parameter]
    [ValidateRange(0.0, 10.0)]
    public double Overshoot { get; set; } = Defaults.Overshoot;

    /// <summary>
    /// How the picture is varied before the model sees it: 'rotate 30', 'scale 0.2', 'shift 0.1', 'brightness 0.1', 'noise 0.02', 'blur 1'. Gradient attacks then
    /// look for what fools on the average of it (expectation over transformation), and the result is judged on fresh variations.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(AugmentationCompleter))]
    public string[] Transformation { get; set; } = [];

    /// <summary>The variations that a step averages.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int SampleCount { get; set; } = Defaults.SampleCount;

    /// <summary>The fresh variations that the result is judged on.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int TrialCount { get; set; } = Defaults.TrialCount;

    /// <summary>Takes gradients at the picture as it will be saved, so that rounding costs little.</summary>
    [Parameter]
    public SwitchParameter Quantize { get; set; }

    /// <summary>Judges the picture after a JPEG file of this quality, too.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? JpegQuality { get; set; }

    /// <summary>
    /// Leaves the picture at its own size and attacks it through the resizing and cropping that the model's preprocessing does, so that the photo fools as any
    /// other is read. What is cropped away stays as it is.
    /// </summary>
    [Parameter]
    public SwitchParameter FullSize { get; set; }

    /// <summary>The file that the whole state is written to now and then. One file holds one run: at most -BatchSize pictures of one size.</summary>
    [Parameter]
    public string? CheckpointPath { get; set; }

    /// <summary>Goes on where the checkpoint left off; begins anew where there is none yet.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Attacks pictures that the model misreads already, too, and replaces a checkpoint that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The seed of all chance, anew for each batch.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <inheritdoc/>
    protected override bool TakesSeveralModels => true;

    /// <inheritdoc/>
    protected override AttackOptions Options => new()
    {
        Method = Method,
        Epsilon = Epsilon,
        Norm = Norm,
        Target = Target,
        Step = Step,
        StepSize = StepSize,
        RandomStart = RandomStart,
        Restart = Restart,
        Momentum = Momentum,
        Confidence = Confidence,
        SearchStep = SearchStep,
        InitialConstant = InitialConstant,
        Overshoot = Overshoot,
        Transformation = Transformation,
        SampleCount = SampleCount,
        TrialCount = TrialCount,
        Quantize = Quantize,
        JpegQuality = JpegQuality,
        FullSize = FullSize,
        AttackMisread = Force,
        Preprocessing = Mode,
        Seed = Seed,
    };

    /// <inheritdoc/>
    protected override void Check(CnnModel model, AttackOptions options) => AdversarialMaker.Check(Models, options);

    /// <inheritdoc/>
    protected override (IReadOnlyList<CnnImage> Images, int ChannelCount) Load(CnnModel model, ImageSource source, PreprocessingMode mode, CancellationToken cancellation) =>
        FullSize ? NetworkInput.ReadFullSize(model, source, cancellation) : base.Load(model, source, mode, cancellation);

    /// <inheritdoc/>
    protected override void Comment(object result)
    {
        var example = (AdversarialExample)result;
        foreach (var warning in example.Warnings)
            WriteWarning($"{example.Source ?? "The picture"}: {warning}");
    }

    /// <inheritdoc/>
    protected override IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images, AttackOptions options)
    {
        if (_hasRun && CheckpointPath is not null)
            throw Errors.ArgumentInvalid(nameof(CheckpointPath), CheckpointPath, "to be left out where pictures of several sizes, or more than -BatchSize, come down the pipeline: one file holds one run");
        _hasRun = true;
        var checkpoint = ResolveCheckpoint(CheckpointPath, Resume, Force);
        using var progress = ShowProgress();
        var outcome = AdversarialMaker.Make(Models, images, options, new RunOptions { CheckpointPath = checkpoint, Resume = Resume, Progress = progress, Cancellation = Cancellation });
        if (!outcome.IsComplete)
            KeepInterrupted(outcome.Examples, $"The attack ended early; what it had after {outcome.Examples[0].Steps} steps");
        Cancellation.ThrowIfCancellationRequested();
        return outcome.Failures.Select(failure => (object)failure.Error).Concat(outcome.Examples);
    }
}
