using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The maps of all inputs, one after the other.</summary>
public sealed record Concatenation : Operation
{
    /// <inheritdoc/>
    public override string Type => "Concat";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        foreach (var shape in inputs)
        {
            if (shape.Length != 3 || !shape.AsSpan(1).SequenceEqual(inputs[0].AsSpan(1)))
                throw Refuse(shape, $"[C, {string.Join(", ", inputs[0][1..])}] as the first");
        }
        return [inputs.Sum(shape => shape[0]), .. inputs[0][1..]];
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => cat(call.Inputs.ToArray(), 1);
}
