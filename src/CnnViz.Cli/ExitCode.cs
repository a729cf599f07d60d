namespace CnnViz.Cli;

/// <summary>How a command ended, for shells.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Something failed; what it was is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int WrongArguments = 2;

    /// <summary>Ctrl+C, as shells number it. What was finished has been saved.</summary>
    public const int Interrupted = 130;
}
