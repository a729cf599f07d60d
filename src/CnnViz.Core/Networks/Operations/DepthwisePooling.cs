using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The largest value at each position among groups of maps: fewer maps of the same size.</summary>
/// <param name="Size">The maps of a group.</param>
public sealed record DepthwisePooling(int Size) : Operation
{
    /// <inheritdoc/>
    public override string Type => "DepthwiseMaxPool";

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, var height, var width] && channels % Size == 0
        ? [channels / Size, height, width]
        : throw Refuse(inputs[0], $"[C, H, W] with a number of maps that {Size} divides");

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var shape = call.Input.shape;
        return call.Input.reshape(shape[0], shape[1] / Size, Size, shape[2], shape[3]).amax([2]);
    }
}
