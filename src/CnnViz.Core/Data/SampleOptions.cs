namespace CnnViz;

/// <summary>Which pictures of a dataset to take: the listed ones, of those one class, in an order, of those the first.</summary>
public sealed record SampleOptions
{
    /// <summary>The pictures' indices, in this order; null for all.</summary>
    public IReadOnlyList<int>? Index { get; init; }

    /// <summary>Only this class, by label or by index; null for all.</summary>
    public string? Class { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? First { get; init; }

    /// <summary>Puts them into a random order that this seed determines; null keeps the dataset's own.</summary>
    public long? Seed { get; init; }
}
