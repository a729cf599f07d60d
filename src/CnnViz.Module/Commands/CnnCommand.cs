using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Runtime;
using TorchSharp;

namespace CnnViz.Commands;

/// <summary>
/// What every cmdlet of CnnViz shares. A cmdlet overrides <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/> and throws
/// <see cref="Errors"/>; here they become error records, Ctrl+C becomes a cancelled token, and computing stays apart from writing.
/// </summary>
/// <remarks>
/// Never write an object inside <see cref="Compute{T}"/>: downstream cmdlets run inside <c>WriteObject</c>, on this thread, and would
/// inherit its tensor scope and its gradient mode.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class CnnCommand : PSCmdlet, IDisposable
{
    private const string InterruptedImage = "CnnInterruptedImage";

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled on Ctrl+C; every loop checks it.</summary>
    protected CancellationToken Cancellation => _stopping.Token;

    /// <summary>The cmdlet's name, such as <c>Get-FeatureMap</c>.</summary>
    protected string CommandName => MyInvocation.MyCommand.Name;

    /// <summary>Done once, before the first input.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Done for each input.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Done once, after the last input; not after an error, Ctrl+C or <c>Select-Object -First</c>.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Frees what the cmdlet holds, however its pipeline ended. What it was given is not its own.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Attempt(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Attempt(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Attempt(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stopping.Cancel();

    /// <summary>
    /// Does something for one item. A fatal error ends the pipeline, any other is written and the caller goes on with the next item.
    /// PowerShell's own exceptions (a stopped pipeline, <c>break</c>, <c>-ErrorAction Stop</c>) pass through.
    /// </summary>
    /// <param name="action">What to do; it may write objects.</param>
    /// <returns>False where it failed.</returns>
    protected bool Attempt(Action action) => Attempt(action, isRequired: false);

    /// <summary>Does something without which no item can be done: any error of it ends the pipeline.</summary>
    /// <param name="action">What to do.</param>
    protected void Require(Action action) => Attempt(action, isRequired: true);

    /// <summary>
    /// Computes inside a tensor scope that is closed when this returns: what comes out is managed, or has been detached from the scope.
    /// Makes libtorch ready the first time in a process.
    /// </summary>
    /// <param name="compute">The computation. It writes no objects.</param>
    protected static T Compute<T>(Func<T> compute)
    {
        TorchSetup.Ensure();
        using var scope = torch.NewDisposeScope();
        return compute();
    }

    /// <summary>Keeps what an interrupted run has: nothing can be written to a stopped pipeline, yet a variable can be set and the host be told.</summary>
    /// <param name="results">What there is, one or several.</param>
    /// <param name="what">The beginning of a sentence about it.</param>
    protected void KeepInterrupted(IReadOnlyList<object> results, string what)
    {
        SessionState.PSVariable.Set($"global:{InterruptedImage}", results.Count == 1 ? results[0] : results.ToArray());
        Host.UI.WriteWarningLine($"{what} is in ${InterruptedImage}.");
    }

    /// <summary>A progress bar for one run, which works on this thread; dispose it when the run is done.</summary>
    protected CommandProgress ShowProgress() => new(this);

    private bool Attempt(Action action, bool isRequired)
    {
        try
        {
            action();
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (ErrorTranslation.Translate(exception, CommandName) is { } error)
        {
            Report(error, isRequired || error.IsFatal);
            return false;
        }
    }

    private void Report(CnnVizException error, bool endsPipeline)
    {
        var category = Enum.Parse<ErrorCategory>(error.Category.ToString());
        var record = new ErrorRecord(error, $"CnnViz.{error.ErrorId}", category, error.Target);
        if (endsPipeline)
            ThrowTerminatingError(record);
        WriteError(record);
    }
}
