using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// How far the Gram matrix of a layer's maps, how much each two channels are active together, is from a wanted one: the sum of the squares of their differences
/// (Gatys et al. 2015). Matrices are means over the positions, so that pictures of any size compare.
/// </summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Target">The wanted matrix, a mean over positions, <c>[1, C, C]</c>; it stays its owner's.</param>
/// <param name="Scale">What the sum is multiplied by, such as 1 / (4·C²).</param>
/// <param name="Source">What the target was made of, in words that tell it from others.</param>
/// <param name="Mask">How much each position of the layer counts, <c>[1, 1, H, W]</c> in [0,1]; it stays its owner's. Null for all alike.</param>
public sealed record StyleObjective(string Layer, Tensor Target, double Scale, string Source = "", Tensor? Mask = null) : SummedObjective(Layer)
{
    private readonly double _weight = Mask is null ? 0 : Mask.sum().ToDouble();

    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow)
    {
        var mask = Mask?.narrow(2, firstRow, maps.shape[2]).flatten(2);
        // The matrix is symmetric, and so is the gradient of its loss: that of one factor, twice, is that of both.
        var gram = HasChannelsLast(maps) ? OfPixels(maps.permute(0, 2, 3, 1).flatten(1, 2), mask?.transpose(1, 2)) : OfVectors(maps.flatten(2), mask);
        return gram * 2 - gram.detach();
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) =>
        (sum / (Mask is null ? positions : _weight) - Target).square().flatten(1).sum([1]) * Scale;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"style of {Layer} as {Source}, scale {Scale:R}");

    /// <summary>Maps whose channels lie side by side are taken as they lie: a copy of them would be kept for the way back.</summary>
    private static bool HasChannelsLast(Tensor maps) => !maps.is_contiguous() && maps.stride()[1] == 1;

    /// <summary>Of a vector a channel, <c>[N, C, positions]</c>.</summary>
    private static Tensor OfVectors(Tensor vectors, Tensor? mask) => (mask is null ? vectors : vectors * mask).bmm(vectors.detach().transpose(1, 2));

    /// <summary>Of a vector a position, <c>[N, positions, C]</c>.</summary>
    private static Tensor OfPixels(Tensor pixels, Tensor? mask) => pixels.detach().transpose(1, 2).bmm(mask is null ? pixels : pixels * mask);
}
