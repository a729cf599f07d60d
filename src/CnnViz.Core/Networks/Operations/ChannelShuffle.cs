using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The first map of each group, then the second of each, and so on (Zhang et al. 2017): what was computed apart comes together.</summary>
/// <param name="Groups">The groups.</param>
public sealed record ChannelShuffle(int Groups) : Operation
{
    /// <inheritdoc/>
    public override string Type => "ChannelShuffle";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, _, _] && channels % Groups == 0
        ? inputs[0]
        : throw Refuse(inputs[0], $"[C, H, W] with a number of maps that {Groups} divides");

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var shape = call.Input.shape;
        return call.Input.reshape(shape[0], Groups, shape[1] / Groups, shape[2] * shape[3]).transpose(1, 2).reshape(shape);
    }
}
