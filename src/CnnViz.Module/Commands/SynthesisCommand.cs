using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Imaging;
using CnnViz.Running;
using CnnViz.Synthesis;

namespace CnnViz.Commands;

/// <summary>
/// What the cmdlets share that make pictures: the settings of every synthesis, checkpoints, frames and preview, and that Ctrl+C keeps the pictures as they are,
/// in $CnnInterruptedImage, and in the checkpoint where there is one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SynthesisCommand : ModelCommand
{
    private bool _hasRun;

    /// <summary>Steps at each size; left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, int.MaxValue)]
    public int? Step { get; set; }

    /// <summary>The length of a step; left out, the preset's.</summary>
    [Parameter]
    public double? StepSize { get; set; }

    /// <summary>The optimiser; left out, the preset's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SynthesisOptimizer? Optimizer { get; set; }

    /// <summary>How many sizes are worked at, from small to the picture's own; left out, the preset's.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int? Octave { get; set; }

    /// <summary>The factor from one size to the next; left out, the preset's.</summary>
    [Parameter]
    [ValidateRange(1.0, 10.0)]
    public double? OctaveScale { get; set; }

    /// <summary>The size of the picture: 512, or 1024x768. Left out, what the network takes, or the first picture's size.</summary>
    [Parameter]
    public PictureSize? Size { get; set; }

    /// <summary>The memory that a step may take, such as 2GB: it is computed in parts then, with the same result.</summary>
    [Parameter]
    public ByteSize? MemoryLimit { get; set; }

    /// <summary>The seed of all chance.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long Seed { get; set; }

    /// <summary>The file that the whole state is written to now and then.</summary>
    [Parameter]
    public string? CheckpointPath { get; set; }

    /// <summary>Steps from one checkpoint to the next.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int CheckpointInterval { get; set; } = 50;

    /// <summary>Goes on where the checkpoint left off; begins anew where there is none yet.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>A .gif file that shows how the picture came to be.</summary>
    [Parameter]
    public string? FramePath { get; set; }

    /// <summary>Steps from one frame, or preview, to the next.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int FrameInterval { get; set; } = 10;

    /// <summary>The longer side of the frames at most, in pixels.</summary>
    [Parameter]
    [ValidateRange(1, 65_536)]
    public int FrameSize { get; set; } = FrameRecorder.UsualSide;

    /// <summary>Keeps frames with the result, small ones, in Frames: Export-CnnReport shows them with a slider.</summary>
    [Parameter]
    public SwitchParameter KeepFrame { get; set; }

    /// <summary>Shows the picture in the terminal while it is made.</summary>
    [Parameter]
    public SwitchParameter Preview { get; set; }

    /// <summary>Replaces a checkpoint and an animation that are there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The given settings in a recipe's own record.</summary>
    /// <typeparam name="TOptions">The record.</typeparam>
    /// <param name="options">The record with what the recipe's own parameters say.</param>
    protected TOptions WithCommon<TOptions>(TOptions options)
        where TOptions : SynthesisOptions => options with
        {
            Step = Step,
            StepSize = StepSize,
            Optimizer = Optimizer,
            Octave = Octave,
            OctaveScale = OctaveScale,
            Size = Size,
            MemoryLimit = MemoryLimit,
            Seed = Seed,
            CheckpointInterval = CheckpointInterval,
        };

    /// <summary>Makes pictures and writes them. A step that leads to no number is an error, and the pictures before it are kept.</summary>
    /// <param name="make">The synthesis.</param>
    /// <param name="frameInterval">The steps from one frame to the next where the user does not say.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a checkpoint or an animation for a second synthesis of one call; <c>OutputExists</c>.</exception>
    protected void Synthesize(Func<RunOptions, SynthesisOutcome> make, int? frameInterval = null)
    {
        if (_hasRun && (CheckpointPath ?? FramePath) is { } path)
            throw Errors.ArgumentInvalid(CheckpointPath is null ? nameof(FramePath) : nameof(CheckpointPath), path, "to be left out where several pictures come down the pipeline: one file holds one run");
        _hasRun = true;
        var checkpoint = ResolveCheckpoint(CheckpointPath, Resume, Force);
        var animation = FramePath is null ? null : ResolveFile(FramePath);
        if (animation is not null)
            ImageExport.CheckAnimation(animation, Force);
        if (animation is not null && !ShouldProcess(animation, "Write an animation"))
            animation = null;
        var frames = animation is null && !KeepFrame ? null : new FrameRecorder(FrameSize);
        var preview = Preview && Host.UI.SupportsVirtualTerminal ? new TerminalPreview(Host.UI) : null;
        var outcome = Make(make, new RunOptions
        {
            CheckpointPath = checkpoint,
            Resume = Resume,
            Frame = frames is null && preview is null ? null : picture =>
            {
                frames?.Add(picture);
                preview?.Show(picture);
            },
            FrameInterval = MyInvocation.BoundParameters.ContainsKey(nameof(FrameInterval)) ? FrameInterval : frameInterval ?? FrameInterval,
            Cancellation = Cancellation,
        });
        // The pictures come even where the animation cannot be written in the end.
        if (animation is not null)
            Attempt(() => frames!.Save(animation, Force));
        foreach (var warning in outcome.Warnings)
            WriteWarning(warning);
        if (KeepFrame && outcome.Images.Count > 1)
            WriteWarning("Frames are kept with one picture; several made together have none.");
        if (outcome.IsComplete)
        {
            WriteObject(KeepFrame && outcome.Images is [var only] ? [only with { Frames = frames!.Frames }] : outcome.Images, enumerateCollection: true);
            return;
        }
        KeepInterrupted(outcome.Images, $"The synthesis ended early; what it had after {outcome.Images[0].Steps} steps");
        if (outcome.Failure is { } failure)
            throw failure;
        // Pictures that were to come would take the place of what has just been kept.
        Cancellation.ThrowIfCancellationRequested();
    }

    private SynthesisOutcome Make(Func<RunOptions, SynthesisOutcome> make, RunOptions run)
    {
        using var progress = ShowProgress();
        return Compute(() => make(run with { Progress = progress }));
    }
}
