using CnnViz.Running;

namespace CnnViz.Networks.Pretrained;

/// <summary>How weights are fetched.</summary>
public sealed record WeightsOptions
{
    /// <summary>True to take only what is in the cache.</summary>
    public bool Offline { get; init; }

    /// <summary>How long a server may stay silent; 30 seconds.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told how the download goes, on the thread that called.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Is told what is done, in a sentence, on the thread that called.</summary>
    public Action<string>? Message { get; init; }

    /// <summary>Ends the download or the waiting; what has come stays for the next attempt.</summary>
    public CancellationToken Cancellation { get; init; }
}
