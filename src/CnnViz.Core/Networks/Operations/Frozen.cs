using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// An operation that a training leaves as it is: its parameters are not trained, and it computes as in inference, so that batch normalisation
/// goes by the running statistics, which stay, and dropout drops nothing.
/// </summary>
/// <param name="Inner">The operation.</param>
public sealed record Frozen(Operation Inner) : Operation
{
    /// <inheritdoc/>
    public override string Type => Inner.Type;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters => [.. Inner.Parameters.Select(spec => spec with { IsTrainable = false })];

    /// <inheritdoc/>
    public override Window? Window => Inner.Window;

    /// <inheritdoc/>
    public override bool SeesAll => Inner.SeesAll;

    /// <inheritdoc/>
    public override SavedTensors Saved => Inner.Saved;

    /// <inheritdoc/>
    public override RowRange? InputRows(RowRange output, int inputHeight) => Inner.InputRows(output, inputHeight);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Inner.OutputShape(inputs);

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => Inner.MultiplyAdds(output);

    /// <inheritdoc/>
    public override ReceptiveField? Widen(ReceptiveField input, int[] inputShape) => Inner.Widen(input, inputShape);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => Inner.Apply(call.InInference());
}
