using System.ComponentModel;

namespace CnnViz;

/// <summary>Which pictures of a dataset to take: the listed ones, of those one class, in an order, of those the first.</summary>
public sealed record SampleOptions
{
    /// <summary>The pictures' indices, in this order; null for all.</summary>
    [Description("The pictures by their indices, in this order.")]
    public IReadOnlyList<int>? Index { get; init; }

    /// <summary>Only this class, by label or by index; null for all.</summary>
    [Description("Only this class, by its label or index.")]
    public string? Class { get; init; }

    /// <summary>At most so many; null for all.</summary>
    [Description("At most so many.")]
    public int? First { get; init; }

    /// <summary>Puts them into a random order that this seed determines; null keeps the dataset's own.</summary>
    [Description("In a random order that this seed determines.")]
    public long? Seed { get; init; }
}
