using CnnViz.Attacks;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;

namespace CnnViz.Cli.Commands;

/// <summary>Makes adversarial examples of a command's pictures, batch by batch.</summary>
internal static class ExampleMaking
{
    private const int Batch = 16;

    /// <summary>Attacks the pictures; one that cannot be read, or is not attacked, is reported and left out.</summary>
    /// <param name="context">The command's run.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="models">The networks that each example is to fool.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoint">Where the run keeps its state, and whether it goes on from there; a second batch is refused then.</param>
    public static IReadOnlyList<AdversarialExample> Attack(
        CommandContext context, ImageArgument pictures, IReadOnlyList<CnnModel> models, AttackOptions options, (string? Path, bool Resume) checkpoint = default)
    {
        AdversarialMaker.Check(models, options);
        var examples = new List<AdversarialExample>();
        var batches = options.FullSize ? pictures.FullSizeBatches(context, models[0], Batch) : pictures.Batches(context, models[0], options.Preprocessing, Batch);
        var hasRun = false;
        foreach (var batch in batches)
        {
            context.Attempt(() =>
            {
                if (hasRun && checkpoint.Path is not null)
                    throw Errors.ArgumentInvalid("CheckpointPath", checkpoint.Path, $"to be left out with pictures of several sizes, or more than {Batch}: one file holds one run");
                examples.AddRange(Attack(context, models, batch, options, checkpoint));
            });
            hasRun = true;
            if (context.Cancellation.IsCancellationRequested)
                break;
        }
        foreach (var example in examples)
        {
            foreach (var warning in example.Warnings)
                context.Message($"warning: {example.Source}: {ErrorWording.ForCommandLine(warning)}");
        }
        return examples;
    }

    private static IReadOnlyList<AdversarialExample> Attack(
        CommandContext context, IReadOnlyList<CnnModel> models, IReadOnlyList<CnnImage> images, AttackOptions options, (string? Path, bool Resume) checkpoint)
    {
        AttackOutcome outcome;
        using (var progress = context.ShowProgress())
        {
            outcome = AdversarialMaker.Make(models, images, options, context.RunOptions(progress) with { CheckpointPath = checkpoint.Path, Resume = checkpoint.Resume });
        }
        foreach (var (_, error) in outcome.Failures)
            context.Attempt(() => throw error);
        if (!outcome.IsComplete)
            context.Interrupt("Interrupted; what it had found is kept.");
        return outcome.Examples;
    }
}
