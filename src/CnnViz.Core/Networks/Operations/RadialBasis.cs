using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// LeNet-5's output layer (LeCun et al. 1998, II.B): the squared distance of the input to a fixed code of each class.
/// The output is the negative distance, so that here as everywhere the largest value wins.
/// </summary>
/// <param name="Codes">A code of ±1 for each class, row by row.</param>
/// <param name="ClassCount">The classes.</param>
public sealed record RadialBasis(float[] Codes, int ClassCount) : Operation
{
    /// <inheritdoc/>
    public override string Type => "RadialBasis";

    /// <inheritdoc/>
    public override bool SeesAll => true;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters =>
        [new("codes", [ClassCount, CodeLength], new Initializer.Values(Codes), IsTrainable: false)];

    private int CodeLength => Codes.Length / ClassCount;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) =>
        inputs[0] is [var count] && count == CodeLength ? [ClassCount] : throw Refuse(inputs[0], $"[{CodeLength}]");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => Codes.Length;

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => -(call.Input.unsqueeze(1) - call["codes"]).square().sum([2]);
}
