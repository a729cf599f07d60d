using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The mean of each window; zeros of the padding count.</summary>
/// <param name="Size">The side of the windows.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">Zeros added on each side.</param>
public sealed record AveragePooling(int Size, int Stride, int Padding = 0) : Operation
{
    /// <summary>Windows side by side.</summary>
    public AveragePooling(int size)
        : this(size, size)
    {
    }

    /// <inheritdoc/>
    public override string Type => "AvgPool2d";

    /// <inheritdoc/>
    public override Window? Window => Sliding;

    /// <summary>True where a last window counts that reaches beyond the edge; its mean is that of what lies within.</summary>
    public bool CeilMode { get; init; }

    private Window Sliding => new(Size, Stride, Padding, CeilMode);

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Slide(inputs[0], Sliding);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => nn.functional.avg_pool2d(call.Input, [Size, Size], [Stride, Stride], [Padding, Padding], ceil_mode: CeilMode);
}
