using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>All values of an image in one row, channel by channel.</summary>
public sealed record Flatten : Operation
{
    /// <inheritdoc/>
    public override string Type => "Flatten";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => [inputs[0].Aggregate(1, (product, extent) => product * extent)];

    /// <inheritdoc/>
    public override RowRange? InputRows(RowRange output, int inputHeight) => null;

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => call.Input.flatten(1);
}
