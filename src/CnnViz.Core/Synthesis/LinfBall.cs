using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>No value goes further than ε from where it began.</summary>
/// <inheritdoc cref="Ball"/>
public sealed record LinfBall(CnnTensor Center, double Radius) : Ball(Center, Radius)
{
    private protected override void Project(Tensor values)
    {
        var lowest = TensorTransfer.ToNative(Bounds(-1), values.device);
        var highest = TensorTransfer.ToNative(Bounds(1), values.device);
        values.copy_(values.maximum(lowest).minimum(highest));
    }

    /// <summary>The furthest values of float32 that are still within ε.</summary>
    private CnnTensor Bounds(int side) => new(
        Array.ConvertAll(Center.Data, value =>
        {
            var bound = (float)(value + side * Radius);
            return Math.Abs((double)bound - value) <= Radius ? bound : side < 0 ? MathF.BitIncrement(bound) : MathF.BitDecrement(bound);
        }),
        Center.Shape, Center.Layout);
}
