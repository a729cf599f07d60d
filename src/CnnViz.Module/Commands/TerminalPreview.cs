using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation.Host;
using CnnViz.Imaging;

namespace CnnViz.Commands;

/// <summary>Shows a picture that is being made in the terminal, each one in place of the one before, at most twice a second.</summary>
/// <param name="screen">The host's screen, which knows virtual terminal sequences.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
internal sealed class TerminalPreview(PSHostUserInterface screen)
{
    private const int Columns = 64;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Stopwatch _watch = new();
    private int _lines;

    /// <summary>Shows a picture, if it is time.</summary>
    public void Show(CnnImage picture)
    {
        if (_watch.IsRunning && _watch.Elapsed < Interval)
            return;
        _watch.Restart();
        var text = TerminalImage.Render(picture, Math.Min(Columns, Math.Max(picture.Width, Columns / 2)));
        screen.Write($"{(_lines == 0 ? "" : $"\e[{_lines}A\e[J")}{text}\n");
        _lines = text.Count(letter => letter == '\n') + 1;
    }
}
