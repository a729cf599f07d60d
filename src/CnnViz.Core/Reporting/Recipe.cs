namespace CnnViz;

/// <summary>
/// How a result was made, complete enough to make it again: written into a picture's metadata, and replayable.
/// </summary>
public sealed record Recipe
{
    /// <summary>The operation, named as its cmdlet: <c>Get-FeatureMap</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The parameters that were used, defaults included, by name; values as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The model's name; null where no model took part.</summary>
    public string? Model { get; init; }

    /// <summary>SHA-256 of the model's weights, lower-case hex; null where no model took part.</summary>
    public string? WeightsHash { get; init; }

    /// <summary>The seed of every random choice; null where there was none.</summary>
    public long? Seed { get; init; }

    /// <summary>The threads that computed it: results of 1 and 2 threads differ by about 1e-6.</summary>
    public int? Threads { get; init; }

    /// <summary>The images computed together: results of batch 1 and 8 differ by about 1e-6.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Versions of CnnViz, of the Torch backend and of libtorch.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
