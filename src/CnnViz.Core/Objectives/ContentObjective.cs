using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>How far the maps of a layer are from those of another picture: the sum of the squares of their differences; with a negative weight they come closer.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Target">The maps of the other picture, <c>[1, C, H, W]</c>; they stay their owner's.</param>
/// <param name="Scale">What the sum is multiplied by, such as 1 / (4·H·W·C).</param>
/// <param name="Source">What the target was made of, in words that tell it from others.</param>
public sealed record ContentObjective(string Layer, Tensor Target, double Scale, string Source = "") : SummedObjective(Layer)
{
    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow)
    {
        var target = maps.shape[2] == Target.shape[2] ? Target : Target.narrow(2, firstRow, maps.shape[2]);
        return (maps - target).square().flatten(1).sum([1]);
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) => sum * Scale;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"content of {Layer} as {Source}, scale {Scale:R}");
}
