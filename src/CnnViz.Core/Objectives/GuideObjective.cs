using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// How well each position of a layer goes with that of the guide's positions which it goes with best: the sum of the largest dot products. Its gradient at a
/// position is that guide's vector (Google's guided dream, 2015).
/// </summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Guide">What the layer makes of the guide, <c>[C, H, W]</c>.</param>
public sealed record GuideObjective(string Layer, CnnTensor Guide) : SummedObjective(Layer)
{
    private const long LargestTable = 1 << 24; // dot products at once

    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow)
    {
        var vectors = maps.flatten(2).transpose(1, 2);
        long[] shape = [Guide.Shape[0], Guide.Count / Guide.Shape[0]];
        var guide = TensorTransfer.ToNative(Guide.Data, shape, maps.device).to(maps.dtype);
        return (vectors * Best(vectors.detach(), guide)).flatten(1).sum([1]);
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) => sum;

    /// <inheritdoc/>
    public override string ToString() => $"guide of {Layer}: {Guide.Fingerprint}";

    /// <summary>For each position the guide's vector with the largest dot product, <c>[N, positions, C]</c>.</summary>
    private static Tensor Best(Tensor vectors, Tensor guide)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var rows = vectors.reshape(-1, guide.shape[0]);
        var part = Math.Max(1, LargestTable / guide.shape[1]);
        var best = new List<Tensor>();
        for (var first = 0L; first < rows.shape[0]; first += part)
            best.Add(rows.narrow(0, first, Math.Min(part, rows.shape[0] - first)).Times(guide).argmax(1));
        return guide.transpose(0, 1).index_select(0, cat([.. best])).view(vectors.shape).MoveToOuterDisposeScope();
    }
}
