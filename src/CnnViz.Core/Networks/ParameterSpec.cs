using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>A parameter or buffer that an operation needs.</summary>
/// <param name="Name">Its name within the node, such as <c>weight</c>.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Initial">How it starts in a network with random weights.</param>
/// <param name="IsTrainable">False for a buffer: kept with the weights, not trained by gradient.</param>
/// <param name="DataType">Its element type.</param>
public sealed record ParameterSpec(
    string Name, IReadOnlyList<int> Shape, Initializer Initial, bool IsTrainable = true, ScalarType DataType = ScalarType.Float32)
{
    /// <summary>The number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);

    internal long[] Extents => [.. Shape.Select(extent => (long)extent)];
}
