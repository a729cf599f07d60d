using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace CnnViz.Commands;

/// <summary>
/// Carries reports of a computation to <c>WriteProgress</c>: a few a second, none in the first second, with the time that is left.
/// Reports may come from any thread; only those of the pipeline's thread are shown, for it alone may write.
/// </summary>
/// <typeparam name="T">What the computation reports.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CommandProgress<T> : IProgress<T>, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly int _id;
    private readonly Cmdlet _command;
    private readonly string _activity;
    private readonly Func<T, (double Fraction, string Status)> _describe;
    private readonly int _pipelineThread = Environment.CurrentManagedThreadId;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Quiet;
    private bool _shown;

    internal CommandProgress(Cmdlet command, string activity, Func<T, (double Fraction, string Status)> describe)
    {
        (_command, _activity, _describe) = (command, activity, describe);
        // Its own among those of a pipeline; any number that is not negative will do.
        _id = RuntimeHelpers.GetHashCode(command) & int.MaxValue;
    }

    /// <summary>Shows a report, if it is time.</summary>
    public void Report(T value)
    {
        if (Environment.CurrentManagedThreadId != _pipelineThread || _watch.Elapsed < _next)
            return;
        _next = _watch.Elapsed + Interval;
        var (fraction, status) = _describe(value);
        fraction = Math.Clamp(fraction, 0, 1);
        Write(new ProgressRecord(_id, _activity, status.Length == 0 ? " " : status)
        {
            PercentComplete = (int)(fraction * 100),
            SecondsRemaining = fraction > 0 ? (int)(_watch.Elapsed.TotalSeconds * (1 - fraction) / fraction) : -1,
        });
        _shown = true;
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_shown)
            Write(new ProgressRecord(_id, _activity, " ") { RecordType = ProgressRecordType.Completed });
    }

    /// <summary>A computation that is being stopped may go on to its last report, to keep what it has: its token tells it, not an exception here.</summary>
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
