using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Running;

namespace CnnViz.Commands;

/// <summary>
/// What the cmdlets share that train: checkpoints, progress, and that Ctrl+C keeps the epochs that are done, as the model in $CnnInterruptedModel, and in the
/// checkpoint where there is one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TrainingCommand : CnnCommand
{
    private const string InterruptedModel = "CnnInterruptedModel";

    /// <summary>The file that the whole state is written to after each epoch.</summary>
    [Parameter]
    public string? CheckpointPath { get; set; }

    /// <summary>Goes on where the checkpoint left off; begins anew where there is none yet.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces a checkpoint that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Trains, and writes the model.</summary>
    /// <param name="dataset">What is trained on.</param>
    /// <param name="train">The training; null where it was stopped before the first epoch was done.</param>
    protected void Train(DatasetSplits dataset, Func<RunOptions, CnnModel?> train)
    {
        var checkpoint = ResolveCheckpoint(CheckpointPath, Resume, Force);
        WriteVerbose($"Training on {dataset.Train}; Ctrl+C keeps the last whole epoch in ${InterruptedModel}.");
        using var progress = ShowProgress();
        var model = Compute(() => train(new RunOptions
        {
            CheckpointPath = checkpoint,
            Resume = Resume,
            Progress = progress,
            Cancellation = Cancellation,
        }));
        if (!Cancellation.IsCancellationRequested)
            WriteObject(model);
        else if (model is not null)
            Keep(model);
    }

    /// <summary>Nothing can be written to a stopped pipeline; a variable can be set, and the host can be told.</summary>
    private void Keep(CnnModel model)
    {
        SessionState.PSVariable.Set($"global:{InterruptedModel}", model);
        Host.UI.WriteWarningLine($"The training was stopped; the model after epoch {model.History.Count} is in ${InterruptedModel}.");
    }
}
