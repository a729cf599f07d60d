using static TorchSharp.torch;

namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>A run of values in a file that tensors are views of.</summary>
/// <param name="key">Its name in the file.</param>
/// <param name="type">The type of its values.</param>
/// <param name="count">The number of its values.</param>
internal sealed class TorchStorage(string key, ScalarType type, long count)
{
    /// <summary>Its name in the file.</summary>
    public string Key { get; } = key;

    /// <summary>The type of its values.</summary>
    public ScalarType Type { get; } = type;

    /// <summary>The number of its values.</summary>
    public long Count { get; } = count;

    /// <summary>Its bytes.</summary>
    public long Bytes { get; } = checked(count * WeightEntry.Size(type));

    /// <summary>Where it begins in the file; the older format tells that behind everything else.</summary>
    public long? Position { get; set; }
}
