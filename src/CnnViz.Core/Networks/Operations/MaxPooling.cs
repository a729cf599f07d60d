using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The maximum in each window.</summary>
/// <param name="Size">The side of the windows.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">Pixels of minus infinity added on each side.</param>
public sealed record MaxPooling(int Size, int Stride, int Padding = 0) : Operation
{
    /// <summary>Windows side by side.</summary>
    public MaxPooling(int size)
        : this(size, size)
    {
    }

    /// <inheritdoc/>
    public override string Type => "MaxPool2d";

    /// <inheritdoc/>
    public override Window? Window => Sliding;

    /// <summary>True where a last window counts that reaches beyond the edge.</summary>
    public bool CeilMode { get; init; }

    private Window Sliding => new(Size, Stride, Padding, CeilMode);

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: false, ExtraBytes: sizeof(long));

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Slide(inputs[0], Sliding);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) =>
        nn.functional.max_pool2d(call.Input, [Size, Size], [Stride, Stride], [Padding, Padding], ceil_mode: CeilMode);
}
