using CnnViz.Running;

namespace CnnViz.Runtime;

/// <summary>How the runtime is installed.</summary>
public sealed record RuntimeInstallOptions
{
    /// <summary>The NuGet feed to install from, the address of its index or a folder with packages; null for the feeds of this machine's NuGet settings.</summary>
    public string? Source { get; init; }

    /// <summary>True to install again what is installed already.</summary>
    public bool Force { get; init; }

    /// <summary>Is told how a download goes, on the thread that called.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Is told what is done, in a sentence, on the thread that called.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Ends it early; a download goes on from there the next time.</summary>
    public CancellationToken Cancellation { get; init; }
}
