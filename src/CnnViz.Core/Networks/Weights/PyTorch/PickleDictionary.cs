namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>A mapping of a pickle. Only what has a text as its key is kept: weights have names, and an optimiser's state, by number, is not wanted.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<string, object?> _items = new(StringComparer.Ordinal);

    /// <summary>The items in the order in which they were first set.</summary>
    public IReadOnlyDictionary<string, object?> Items => _items;

    /// <summary>Sets an item, in place of an earlier one of the same key.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string text)
            _items[text] = value;
    }
}
