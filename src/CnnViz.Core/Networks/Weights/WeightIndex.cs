namespace CnnViz.Networks.Weights;

/// <summary>What a weight file says it holds, before any value is read.</summary>
/// <param name="Entries">Its tensors, in the order of the file.</param>
/// <param name="Metadata">Text by key.</param>
internal sealed record WeightIndex(IReadOnlyList<WeightEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>An index without metadata.</summary>
    public WeightIndex(IReadOnlyList<WeightEntry> entries)
        : this(entries, new Dictionary<string, string>())
    {
    }
}
