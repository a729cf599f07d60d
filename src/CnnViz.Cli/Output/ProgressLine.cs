using System.Globalization;
using CnnViz.Running;

namespace CnnViz.Cli.Output;

/// <summary>Shows how a run goes: in a terminal one line that renews itself, elsewhere a line every few seconds.</summary>
internal sealed class ProgressLine(TextWriter error, bool isTerminal) : IProgress<RunProgress>, IDisposable
{
    private const string ClearLine = "\r\u001b[K";

    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private TimeSpan _nextLine = LineInterval;
    private bool _isShown;

    public void Report(RunProgress value)
    {
        if (isTerminal)
        {
            error.Write(ClearLine + Fit(Text(value)));
            _isShown = true;
        }
        else if (value.Elapsed >= _nextLine)
        {
            _nextLine = value.Elapsed + LineInterval;
            error.WriteLine(Text(value));
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_isShown)
            error.Write(ClearLine);
    }

    private static string Text(RunProgress value)
    {
        var remaining = value.Remaining is { } time ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling(time.TotalSeconds):0} s left") : "";
        var status = value.Status.Length == 0 ? "" : $", {value.Status}";
        return string.Create(CultureInfo.InvariantCulture, $"{value.Activity}: {100.0 * value.Completed / value.Total:0} %{status}{remaining}");
    }

    /// <summary>A line that wraps cannot be renewed.</summary>
    private static string Fit(string text) => Console.WindowWidth is > 1 and var width && text.Length >= width ? text[..(width - 1)] : text;
}
