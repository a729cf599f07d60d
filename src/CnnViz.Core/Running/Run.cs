using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using CnnViz.Files;
using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>Drives a stepper to its end: progress with the time remaining, cancellation, checkpoints and resume, frames. Here and nowhere else.</summary>
public static class Run
{
    /// <summary>Runs until the last step or until it is cancelled; then the stepper holds the best that it has.</summary>
    /// <returns>True when all steps were done, false when it was cancelled.</returns>
    /// <exception cref="CnnVizException"><c>CheckpointMismatch</c>, <c>OutputUnwritable</c>.</exception>
    public static bool ToEnd(Stepper stepper, RunOptions options)
    {
        var checkpointPath = options.CheckpointPath;
        if (checkpointPath is not null)
            OutputFile.CheckFree(checkpointPath, force: true);
        if (options.Resume && checkpointPath is not null && File.Exists(checkpointPath))
        {
            using var checkpoint = Checkpoint.Load(checkpointPath, stepper.Identity);
            Restore(stepper, checkpoint, checkpointPath);
        }
        var clock = Stopwatch.StartNew();
        var firstStep = stepper.CompletedSteps;
        var nextReport = TimeSpan.Zero;
        while (!stepper.IsDone)
        {
            if (!TryStep(stepper, options.Cancellation))
            {
                stepper.KeepBest();
                return false;
            }
            if (stepper.IsCheckpointDue && checkpointPath is not null)
                Save(stepper, checkpointPath);
            if (options.Frame is { } frame && (stepper.CompletedSteps % options.FrameInterval == 0 || stepper.IsDone) && stepper.Frame is { } picture)
                frame(picture);
            if (options.Progress is { } progress && (clock.Elapsed >= nextReport || stepper.IsDone))
            {
                nextReport = clock.Elapsed + options.ReportInterval;
                progress.Report(Report(stepper, firstStep, clock.Elapsed));
            }
        }
        stepper.KeepBest();
        return true;
    }

    /// <summary>Restores a run; what a file of the right run lacks, or has in another form, was damaged.</summary>
    private static void Restore(Stepper stepper, Checkpoint checkpoint, string path)
    {
        using var scope = NewDisposeScope();
        try
        {
            stepper.Restore(checkpoint);
        }
        catch (Exception damage) when (damage is KeyNotFoundException or FormatException or JsonException
            or InvalidDataException or ArgumentException or ExternalException)
        {
            throw Errors.CheckpointMismatch(path, "it is damaged. Use another path, or leave -Resume out to start again.");
        }
    }

    private static bool TryStep(Stepper stepper, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return false;
        try
        {
            using var scope = NewDisposeScope();
            stepper.Step(cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static void Save(Stepper stepper, string path)
    {
        using var checkpoint = new Checkpoint();
        stepper.Save(checkpoint);
        checkpoint.Save(path, stepper.Identity);
    }

    private static RunProgress Report(Stepper stepper, int firstStep, TimeSpan elapsed)
    {
        var pace = elapsed / Math.Max(1, stepper.CompletedSteps - firstStep);
        return new RunProgress(
            stepper.Activity, stepper.CompletedSteps, stepper.StepCount, stepper.Status, elapsed, pace * (stepper.StepCount - stepper.CompletedSteps));
    }
}
