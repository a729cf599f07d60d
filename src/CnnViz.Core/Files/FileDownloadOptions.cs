using CnnViz.Running;

namespace CnnViz.Files;

/// <summary>Limits of a download, and who is told of it.</summary>
internal sealed record FileDownloadOptions
{
    /// <summary>What is done, for the progress: <c>Downloading vgg19</c>.</summary>
    public required string Activity { get; init; }

    /// <summary>The size that the file should have, roughly: for the progress where the server names none, and in errors.</summary>
    public required long ExpectedBytes { get; init; }

    /// <summary>The most bytes that are taken, whatever the server says.</summary>
    public required long MaximumBytes { get; init; }

    /// <summary>How long a server may stay silent; 30 seconds.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told how it goes, on the thread that called.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Ends it early; what has come stays.</summary>
    public CancellationToken Cancellation { get; init; }
}
