namespace CnnViz.Running;

/// <summary>
/// Something long that is done in steps: a training, a synthesis, an attack. It holds all of its state, so that a <see cref="Run"/> can stop it
/// after any step, write it down and take it up again with the same result.
/// </summary>
public abstract class Stepper : IDisposable
{
    /// <summary>What is done, for the progress display.</summary>
    public abstract string Activity { get; }

    /// <summary>Steps in all.</summary>
    public abstract int StepCount { get; }

    /// <summary>Steps done.</summary>
    public int CompletedSteps { get; protected set; }

    /// <summary>True when there is nothing left to do: all steps are done, or more of them would not help.</summary>
    public virtual bool IsDone => CompletedSteps >= StepCount;

    /// <summary>The latest figures, such as loss and accuracy.</summary>
    public abstract string Status { get; }

    /// <summary>The settings that tell this run from others, as texts of no culture: a checkpoint of another one is refused, with what differs.</summary>
    public abstract IReadOnlyDictionary<string, string> Identity { get; }

    /// <summary>True right after a step where the state is worth a checkpoint.</summary>
    public abstract bool IsCheckpointDue { get; }

    /// <summary>A picture of the state; null where there is none to show.</summary>
    public virtual CnnImage? Frame => null;

    /// <summary>Does one step and counts it.</summary>
    /// <param name="cancellation">Ends a long step early: what it did is given up then.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract void Step(CancellationToken cancellation);

    /// <summary>Called when the run ends, early or not: goes back to what is worth keeping, the last or the best epoch, the best image.</summary>
    public abstract void KeepBest();

    /// <summary>Writes down everything that the next step depends on.</summary>
    public abstract void Save(Checkpoint checkpoint);

    /// <summary>Takes up what <see cref="Save"/> wrote down.</summary>
    public abstract void Restore(Checkpoint checkpoint);

    /// <summary>Frees the native memory that it holds.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory that it holds.</summary>
    protected abstract void Dispose(bool disposing);
}
