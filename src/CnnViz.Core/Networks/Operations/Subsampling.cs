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

    /// <inheritdoc/>
    public override string Type => "Subsampling";

    /// <inheritdoc/>
    public override Window? Window => new Window(Size, Size, 0);

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Channels, 1, 1], new Initializer.Uniform(2.4 / (Size * Size + 1))),
        new("bias", [Channels, 1, 1], new Initializer.Uniform(2.4 / (Size * Size + 1))),
    ];

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, >= Size, >= Size] && channels == Channels
        ? [channels, Window!.Value.Positions(inputs[0][1]), Window!.Value.Positions(inputs[0][2])]
        : throw Refuse(inputs[0], $"[{Channels}, H, W] with H and W of at least {Size}");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => output.Aggregate(1L, (product, extent) => product * extent);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) =>
        nn.functional.avg_pool2d(call.Input, [Size, Size]) * (call["weight"] * (double)(Size * Size)) + call["bias"];
}
