using CnnViz.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The first principal component of a layer's maps, or of gradient times activation. The sign of a component is arbitrary; here its largest magnitude is
/// positive (Chung and Ying 2025), so that what stands out is bright, and not what is around it.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="isWeighted">True for gradient times activation.</param>
internal sealed class EigenAlgorithm(SaliencyMethod method, bool isWeighted) : LayerMapAlgorithm(method)
{
    private const int Squarings = 30;
    private const double Tiny = 1e-300;

    /// <inheritdoc/>
    public override bool UsesLayerGradient => isWeighted;

    /// <inheritdoc/>
    protected override Tensor[] Maps(SaliencyPass pass, int layer)
    {
        var maps = pass.Activations(layer);
        return isWeighted
            ? [.. pass.Targets.Select(target => Components(maps * pass.LayerGradient(target, layer)))]
            : [.. Enumerable.Repeat(Components(maps), pass.Targets.Count).Select(component => component.alias())];
    }

    private static Tensor Components(Tensor maps)
    {
        using var scope = NewDisposeScope();
        var pictures = Enumerable.Range(0, (int)maps.shape[0]).Select(i => Component(maps.select(0, i).flatten(1).to(ScalarType.Float64)));
        return stack(pictures).to(ScalarType.Float32).view(-1, 1, maps.shape[2], maps.shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>The projection of each position on the first principal axis of the maps.</summary>
    /// <param name="maps"><c>[K, positions]</c>.</param>
    private static Tensor Component(Tensor maps)
    {
        using var scope = NewDisposeScope();
        var centered = maps - maps.mean([1], keepdim: true);
        var projection = maps.shape[0] <= maps.shape[1] ? OnAxis(centered) : FromPositions(centered);
        return ((projection.max() + projection.min()).ToDouble() < 0 ? -projection : projection).MoveToOuterDisposeScope();
    }

    private static Tensor OnAxis(Tensor maps) => FirstEigenvector(maps.Times(maps.transpose(0, 1))).Times(maps);

    /// <summary>The same where positions are fewer than maps: up to its length, the projection is an eigenvector of their Gram matrix.</summary>
    private static Tensor FromPositions(Tensor maps)
    {
        var direction = FirstEigenvector(maps.transpose(0, 1).Times(maps));
        return direction * maps.Times(direction.unsqueeze(1)).square().sum().sqrt();
    }

    /// <summary>Squared again and again, a Gram matrix becomes the projection onto its first eigenvector, for all smaller eigenvalues die out.</summary>
    private static Tensor FirstEigenvector(Tensor gram)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < Squarings; i++)
        {
            gram = gram / Diagonal(gram).sum().clamp(Tiny);
            // Of a projection onto one axis the squares sum to 1, as its diagonal does.
            if (gram.square().sum().ToDouble() > 1 - 1e-12)
                break;
            gram = gram.Times(gram);
        }
        var column = gram.select(1, Diagonal(gram).argmax().ToInt64());
        return (column / column.square().sum().sqrt().clamp(Tiny)).MoveToOuterDisposeScope();
    }

    private static Tensor Diagonal(Tensor square) => square.as_strided([square.shape[0]], [square.shape[0] + 1]);
}
