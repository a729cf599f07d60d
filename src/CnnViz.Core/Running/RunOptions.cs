namespace CnnViz.Running;

/// <summary>What every run can be told.</summary>
public sealed record RunOptions
{
    /// <summary>The file that the run's whole state is written to, now and then; null for none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Takes the run up where the checkpoint left it; without a checkpoint there yet, begins anew.</summary>
    public bool Resume { get; init; }

    /// <summary>Is told how the run goes, several times a second at most.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Is given a picture of the state every <see cref="FrameInterval"/> steps and after the last one, by steppers that have one.</summary>
    public Action<CnnImage>? Frame { get; init; }

    /// <summary>Steps between frames.</summary>
    public int FrameInterval { get; init; } = 1;

    /// <summary>Ends the run early, with the best that it has.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The shortest time from one report of progress to the next.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}
