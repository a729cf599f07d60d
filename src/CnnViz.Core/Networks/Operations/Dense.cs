using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>A fully connected layer: <c>y = W·x + b</c>.</summary>
/// <param name="InputCount">Values that come in.</param>
/// <param name="OutputCount">Values that go out.</param>
public sealed record Dense(int InputCount, int OutputCount) : Operation
{
    /// <inheritdoc/>
    public override string Type => "Linear";

    /// <inheritdoc/>
    public override bool SeesAll => true;

    /// <summary>How the weights start; null for PyTorch's default.</summary>
    public Initializer? Initial { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters
    {
        get
        {
            var initial = Initial ?? Initializer.FanIn(InputCount);
            return [new("weight", [OutputCount, InputCount], initial), new("bias", [OutputCount], initial.OfBias)];
        }
    }

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) =>
        inputs[0] is [var count] && count == InputCount ? [OutputCount] : throw Refuse(inputs[0], $"[{InputCount}]");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => (long)InputCount * OutputCount;

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => nn.functional.linear(call.Input, call["weight"], call["bias"]);
}
