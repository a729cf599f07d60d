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
    public override Window? Window => new Window(Size, Stride, Padding);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        var window = Window!.Value;
        return inputs[0] is [var channels, var height, var width] && window.Positions(height) > 0 && window.Positions(width) > 0
            ? [channels, window.Positions(height), window.Positions(width)]
            : throw Refuse(inputs[0], $"[C, H, W] with H and W of at least {Size}");
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => nn.functional.max_pool2d(call.Input, [Size, Size], [Stride, Stride], [Padding, Padding]);
}
