using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using CnnViz.Running;

namespace CnnViz.Commands;

/// <summary>
/// Carries the reports of a run to <c>WriteProgress</c>: a few a second, and none in the first one.
/// Reports may come from any thread; only those of the pipeline's thread are shown, for it alone may write.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CommandProgress : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly Cmdlet _command;
    private readonly int _pipelineThread = Environment.CurrentManagedThreadId;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Quiet;
    private ProgressRecord? _shown;

    internal CommandProgress(Cmdlet command) => _command = command;

    /// <summary>Shows a report, if it is time.</summary>
    public void Report(RunProgress value)
    {
        if (Environment.CurrentManagedThreadId != _pipelineThread || _watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + Interval;
        // An id of its own among those of a pipeline, and a status that is never empty, because PowerShell refuses that.
        var status = $"{value.Completed} of {value.Total}{(value.Unit.Length > 0 ? " " + value.Unit : "")} {value.Status}";
        _shown = new ProgressRecord(RuntimeHelpers.GetHashCode(_command) & int.MaxValue, value.Activity, status)
        {
            PercentComplete = (int)Math.Clamp(100.0 * value.Completed / Math.Max(1, value.Total), 0, 100),
            SecondsRemaining = (int?)value.Remaining?.TotalSeconds ?? -1,
        };
        Write(_shown);
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_shown is null)
            return;
        _shown.RecordType = ProgressRecordType.Completed;
        Write(_shown);
    }

    /// <summary>A run that is being stopped may report once more on its way to keeping what it has: its token tells it, not an exception here.</summary>
    private void Write(ProgressRecord record)
    {
        try
        {
            _command.WriteProgress(record);
        }
        catch (PipelineStoppedException)
        {
        }
    }
}
