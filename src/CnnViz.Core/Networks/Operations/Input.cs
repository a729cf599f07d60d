using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The image as it goes in: the first node of every network.</summary>
public sealed record Input : Operation
{
    /// <inheritdoc/>
    public override string Type => "Input";

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => throw new InvalidOperationException("The input's shape is given, not computed.");

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => throw new InvalidOperationException("The input is given, not computed.");
}
