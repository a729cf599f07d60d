using System.Diagnostics;
using System.Management.Automation.Host;
using System.Text;
using CnnViz.Imaging;

namespace CnnViz.Commands;

/// <summary>Asks the terminal what it can show: at the first picture, once a session, and only where a terminal reads and writes.</summary>
internal static class TerminalProbe
{
    private const string ConsoleHost = nameof(ConsoleHost);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly Lazy<TerminalCapabilities> Asked = new(Ask);

    /// <summary>What the terminal of a host can show. Hosts other than pwsh's own console are not asked, nor is a multiplexer, which swallows pictures.</summary>
    public static TerminalCapabilities Of(PSHost host)
    {
        if (host.Name != ConsoleHost || !host.UI.SupportsVirtualTerminal || Console.IsOutputRedirected || IsMultiplexed || Variable("TERM") == "dumb")
            return TerminalCapabilities.Unknown;
        return Console.IsInputRedirected ? Hinted : Asked.Value;
    }

    private static bool IsMultiplexed => Variable("TMUX") is not null || Variable("STY") is not null || Variable("TERM") is { } term && (term.StartsWith("screen", StringComparison.Ordinal) || term.StartsWith("tmux", StringComparison.Ordinal));

    /// <summary>Where nobody can answer, what the terminal says of itself in the environment.</summary>
    private static TerminalCapabilities Hinted => Variable("KITTY_WINDOW_ID") is not null || Variable("TERM_PROGRAM") is "ghostty"
        ? new(TerminalProtocol.Kitty)
        : TerminalCapabilities.Unknown;

    private static TerminalCapabilities Ask()
    {
        // From the first look at the keyboard on, the console echoes nothing and waits for no line's end: the answer does not show.
        _ = Console.KeyAvailable;
        Console.Out.Write(TerminalCapabilities.Query);
        Console.Out.Flush();
        var answer = new StringBuilder();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && !TerminalCapabilities.IsWhole(answer.ToString()))
        {
            if (!Console.KeyAvailable)
                Thread.Sleep(5);
            else if (Console.ReadKey(intercept: true).KeyChar is not '\0' and var letter)
                answer.Append(letter);
        }
        return TerminalCapabilities.Parse(answer.ToString());
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
