using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The sum of two or more inputs of one shape: the end of a residual block.</summary>
public sealed record Addition : Operation
{
    /// <inheritdoc/>
    public override string Type => "Add";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        foreach (var shape in inputs)
        {
            if (!shape.AsSpan().SequenceEqual(inputs[0]))
                throw Refuse(shape, $"[{string.Join(", ", inputs[0])}] as the first");
        }
        return inputs[0];
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var sum = call.Inputs[0];
        foreach (var input in call.Inputs[1..])
            sum = sum + input;
        return sum;
    }
}
