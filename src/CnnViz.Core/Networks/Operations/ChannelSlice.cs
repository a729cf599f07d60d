using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>Some of the maps, in a row: one part of those that a network splits.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many.</param>
public sealed record ChannelSlice(int First, int Count) : Operation
{
    /// <inheritdoc/>
    public override string Type => "Slice";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, var height, var width] && channels >= First + Count
        ? [Count, height, width]
        : throw Refuse(inputs[0], $"[C, H, W] with at least {First + Count} maps");

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => call.Input.narrow(1, First, Count);
}
