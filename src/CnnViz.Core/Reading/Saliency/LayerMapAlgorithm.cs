using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// A class activation map: the maps of a layer become one. Of several layers each map is rectified, scaled to [0,1] and enlarged to the input's size, and
/// their mean is the result, as pytorch-grad-cam has it.
/// </summary>
internal abstract class LayerMapAlgorithm(SaliencyMethod method) : SaliencyAlgorithm(method, SaliencyKind.ClassActivation)
{
    private const double Tiny = 1e-7;

    /// <inheritdoc/>
    public sealed override bool UsesLayer => true;

    /// <inheritdoc/>
    public sealed override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        var layers = (OwnLayer(pass.Model) ?? pass.Layer!).Positions;
        var maps = Array.ConvertAll(layers, layer => Maps(pass, layer));
        return [.. pass.Targets.Select((_, target) => new Attribution(
            (layers.Length == 1 ? maps[0][target] : Mean(maps.Select(perTarget => perTarget[target]), pass.Input)).MoveToOuterDisposeScope()))];
    }

    /// <summary>The raw map of a layer for every target, each a tensor of its own, <c>[N, 1, h, w]</c>.</summary>
    /// <param name="pass">The pictures and what is known of them.</param>
    /// <param name="layer">The layer's position.</param>
    protected abstract Tensor[] Maps(SaliencyPass pass, int layer);

    /// <summary>The sum over a layer's maps, each times its weight.</summary>
    /// <param name="activations"><c>[N, K, h, w]</c>.</param>
    /// <param name="weights">As many as maps, or a weight a value: <c>[N, K, 1, 1]</c> or <c>[N, K, h, w]</c>.</param>
    protected static Tensor Weighted(Tensor activations, Tensor weights) => (weights * activations).sum([1], keepdim: true);

    private static Tensor Mean(IEnumerable<Tensor> maps, Tensor input) => stack(maps.Select(map =>
    {
        var (smallest, largest) = (Extreme(map.relu().neg()).neg(), Extreme(map.relu()));
        return Enlargement.Bilinear((map.relu() - smallest) / (largest - smallest + Tiny), input.shape[2], input.shape[3]);
    })).mean([0]);

    private static Tensor Extreme(Tensor map) => map.amax([1, 2, 3]).view(-1, 1, 1, 1);
}
