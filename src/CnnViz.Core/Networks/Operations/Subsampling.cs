using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// LeNet-5's trainable subsampling (LeCun et al. 1998, II.B): the four values of each 2×2 window are added,
/// multiplied by a coefficient of the map, and a bias is added.
/// </summary>
/// <param name="Channels">The maps.</param>
public sealed record Subsampling(int Channels) : Operation
{
    private const int Size = 2;

    private static readonly Window Sliding = new(Size, Size);

    /// <inheritdoc/>
    public override string Type => "Subsampling";

    /// <inheritdoc/>
    public override Window? Window => Sliding;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Channels, 1, 1], new Initializer.Uniform(2.4 / (Size * Size + 1))),
        new("bias", [Channels, 1, 1], new Initializer.Uniform(2.4 / (Size * Size + 1))),
    ];

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) =>
        inputs[0][0] == Channels ? Slide(inputs[0], Sliding) : throw Refuse(inputs[0], $"[{Channels}, H, W]");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => output.Aggregate(1L, (product, extent) => product * extent);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) =>
        nn.functional.avg_pool2d(call.Input, [Size, Size]) * (call["weight"] * (double)(Size * Size)) + call["bias"];
}
