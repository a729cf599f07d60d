using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>A tensor in a weight file, whose values are still there.</summary>
/// <param name="Name">Its name, such as <c>conv1.weight</c>.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
public sealed record WeightEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>More dimensions than any weight has, and fewer than libtorch refuses.</summary>
    internal const int MaximumRank = 16;

    /// <summary>The number of its values.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Type and shape, as messages have them: <c>Float32 [64, 3, 3, 3]</c>.</summary>
    public string Description => $"{Type} [{string.Join(", ", Shape)}]";

    /// <summary>Where its first value lies in the file.</summary>
    internal long Position { get; init; }

    /// <summary>The steps between neighbours along each dimension, in values; null where they lie in row-major order without gaps.</summary>
    internal long[]? Strides { get; init; }

    /// <summary>The bytes of one value.</summary>
    internal static int Size(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        _ => 1,
    };

    /// <summary>True for the types of real numbers.</summary>
    internal static bool IsFloating(ScalarType type) => type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;
}
