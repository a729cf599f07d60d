using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// Local response normalisation (Krizhevsky, Sutskever and Hinton 2012): each value divided by (k + α·m)^β, m the mean square of the values
/// at its position in the neighbouring maps. α is counted as PyTorch does: the paper's times <paramref name="Size"/>.
/// </summary>
/// <param name="Size">The neighbouring maps, itself among them.</param>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
/// <param name="Offset">k.</param>
public sealed record LocalResponseNormalization(int Size, double Alpha = 1e-4, double Beta = 0.75, double Offset = 1) : Operation
{
    /// <inheritdoc/>
    public override string Type => "LocalResponseNorm";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: true, ExtraBytes: 5 * sizeof(float));

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0].Length == 3 ? inputs[0] : throw Refuse(inputs[0], "[C, H, W]");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => output.Aggregate((long)Size, (product, extent) => product * extent);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        // Maps as rows and pixels as columns of one picture: its means are taken by windows one pixel wide.
        var shape = call.Input.shape;
        var squares = call.Input.square().reshape(shape[0], 1, shape[1], shape[2] * shape[3]);
        var means = nn.functional.avg_pool2d(nn.functional.pad(squares, [0, 0, Size / 2, (Size - 1) / 2]), [Size, 1], [1, 1]);
        return call.Input / (means.reshape(shape) * Alpha + Offset).pow(Beta);
    }
}
