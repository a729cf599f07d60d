using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>A gradient method: one that can be read of altered copies of a picture too, as the methods around noisy copies do.</summary>
/// <param name="method">The method.</param>
/// <param name="kind">What its values mean.</param>
internal abstract class CopyAlgorithm(SaliencyMethod method, SaliencyKind kind) : SaliencyAlgorithm(method, kind)
{
    /// <summary>The values of copies of one picture.</summary>
    /// <param name="pass">The pictures and the targets.</param>
    /// <param name="copies">The copies, <c>[n, C, H, W]</c>.</param>
    /// <param name="picture">Which picture they are copies of.</param>
    /// <returns>For each target <c>[n, C, H, W]</c>, in the outer tensor scope.</returns>
    public abstract Tensor[] OfCopies(SaliencyPass pass, Tensor copies, int picture);

    /// <summary>The sum of the copies' values, which may be had for less than each.</summary>
    /// <param name="pass">The pictures and the targets.</param>
    /// <param name="copies">The copies, <c>[n, C, H, W]</c>.</param>
    /// <param name="picture">Which picture they are copies of.</param>
    /// <returns>For each target <c>[C, H, W]</c>, in the outer tensor scope.</returns>
    public virtual Tensor[] SumOfCopies(SaliencyPass pass, Tensor copies, int picture)
    {
        using var scope = NewDisposeScope();
        return [.. OfCopies(pass, copies, picture).Select(values => values.sum([0]).MoveToOuterDisposeScope())];
    }
}
