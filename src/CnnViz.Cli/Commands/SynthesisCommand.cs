using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Imaging;
using CnnViz.Running;
using CnnViz.Synthesis;

namespace CnnViz.Cli.Commands;

/// <summary>What the commands share that make pictures: checkpoints, an animation, and that an early end saves what is there.</summary>
internal abstract class SynthesisCommand : CliCommand
{
    private const int UsualInterval = 10;

    private readonly Option<string?> _frames = new("--frame-path") { Description = "A .gif file that shows how the picture came to be.", HelpName = "file" };
    private readonly Option<int> _interval = new("--frame-interval") { Description = "Steps from one frame to the next.", DefaultValueFactory = _ => UsualInterval };
    private readonly Option<int> _frameSize = new("--frame-size") { Description = "The longer side of the frames at most, in pixels.", DefaultValueFactory = _ => FrameRecorder.UsualSide };
    private CheckpointOptions? _checkpoint;
    private PictureOptions? _pictures;

    protected SynthesisCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
    }

    /// <summary>Adds the options of every synthesis, those of pictures too; the last thing a command's constructor does.</summary>
    protected void AddSynthesisOptions()
    {
        _checkpoint = new CheckpointOptions(this, "A file that the state is kept in now and then.");
        Add(_frames);
        Add(_interval);
        Add(_frameSize);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    /// <summary>Makes pictures, saves and reports them. What an early end leaves is saved, too.</summary>
    /// <param name="context">The command's run.</param>
    /// <param name="make">The synthesis.</param>
    /// <param name="frameInterval">The steps from one frame to the next where the user does not say.</param>
    protected void Synthesize(CommandContext context, Func<RunOptions, SynthesisOutcome> make, int? frameInterval = null)
    {
        var force = _pictures!.IsForced(context);
        var (checkpoint, resume) = _checkpoint!.Check(context, force);
        var animation = context.Arguments.GetValue(_frames);
        if (animation is not null)
            ImageExport.CheckAnimation(animation, force);
        var frames = animation is null ? null : new FrameRecorder(Positive(context, _frameSize, "FrameSize"));
        var interval = Positive(context, _interval, "FrameInterval");
        var outcome = Make(context, make, new RunOptions
        {
            CheckpointPath = checkpoint,
            Resume = resume,
            Frame = frames is null ? null : frames.Add,
            FrameInterval = context.Arguments.GetResult(_interval) is { Implicit: false } ? interval : frameInterval ?? interval,
            Cancellation = context.Cancellation,
        });
        var files = _pictures.Save(context, outcome.Images).ToList();
        if (frames is { Count: > 0 })
        {
            frames.Save(animation!, force);
            files.Add(animation!);
        }
        foreach (var warning in outcome.Warnings)
            context.Message($"warning: {ErrorWording.ForCommandLine(warning)}");
        if (context.Cancellation.IsCancellationRequested)
            context.Interrupt(outcome.Images is [.., var last] ? $"Interrupted after {last.Steps} steps." : "Interrupted.");
        context.Write(new { Images = outcome.Images.Select(ForJson), Files = files }, output => TextTable.Write(output, outcome.Images,
            ("Title", image => image.Title),
            ("Size", image => string.Create(CultureInfo.InvariantCulture, $"{image.Image.Width}x{image.Image.Height}")),
            ("Steps", image => image.Steps.ToString(CultureInfo.InvariantCulture)),
            ("Score", image => image.Score.ToString("g5", CultureInfo.InvariantCulture)),
            ("Seen as", image => image.Predictions is [var first, ..] ? string.Create(CultureInfo.InvariantCulture, $"{first.Label} {first.Probability:0.0 %}") : "")));
        if (outcome.Failure is { } failure)
            throw failure;
    }

    /// <summary>One run after another; one file can hold only one.</summary>
    /// <param name="context">The command's run.</param>
    /// <param name="pictures">The pictures, each of which is a run.</param>
    /// <param name="run">How it is run.</param>
    /// <param name="make">The synthesis of a picture.</param>
    protected static SynthesisOutcome Each(CommandContext context, ImageArgument pictures, RunOptions run, Func<CnnImage, SynthesisOutcome> make)
    {
        var images = new List<SynthesizedImage>();
        CnnVizException? failure = null;
        foreach (var picture in pictures.Read(context))
        {
            context.Attempt(() =>
            {
                if (images.Count > 0 && (run.CheckpointPath is not null || run.Frame is not null))
                    throw Errors.ArgumentInvalid("Image", picture.Source, "one picture alone where there is a checkpoint or an animation: one file holds one run");
                var outcome = make(picture);
                images.AddRange(outcome.Images);
                failure ??= outcome.Failure;
            });
            if (context.Cancellation.IsCancellationRequested)
                break;
        }
        return new SynthesisOutcome(images.ToArray(), failure);
    }

    private static int Positive(CommandContext context, Option<int> option, string name) => context.Arguments.GetValue(option) is > 0 and var value
        ? value
        : throw Errors.ArgumentInvalid(name, context.Arguments.GetValue(option), "1 or more");

    private static SynthesisOutcome Make(CommandContext context, Func<RunOptions, SynthesisOutcome> make, RunOptions run)
    {
        using var progress = context.ShowProgress();
        return make(run with { Progress = progress });
    }

    /// <summary>Without the pixels of each prediction's picture, which is this one.</summary>
    private static object ForJson(SynthesizedImage image) => new
    {
        image.Title,
        image.Source,
        image.Image,
        image.Class,
        image.Probability,
        image.Layer,
        image.Channel,
        image.Score,
        image.History,
        image.Terms,
        image.IsComplete,
        Predictions = image.Predictions.Select(prediction => new { prediction.Rank, prediction.Class, prediction.Label, prediction.WordNetId, prediction.Probability, prediction.Logit }),
        image.Recipe,
    };
}
