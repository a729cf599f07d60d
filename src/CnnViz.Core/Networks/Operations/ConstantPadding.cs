using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>A constant around each map.</summary>
/// <param name="Size">Pixels added on each side.</param>
/// <param name="Value">Their value, 0 unless the picture's background is another.</param>
public sealed record ConstantPadding(int Size, double Value = 0) : Operation
{
    /// <inheritdoc/>
    public override string Type => "ConstantPad2d";

    /// <inheritdoc/>
    public override Window? Window => new Window(1, 1, Size);

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, var height, var width]
        ? [channels, height + 2 * Size, width + 2 * Size]
        : throw Refuse(inputs[0], "[C, H, W]");

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => nn.functional.pad(call.Input, [Size, Size, Size, Size], TorchSharp.PaddingModes.Constant, Value);
}
