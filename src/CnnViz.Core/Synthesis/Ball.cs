using System.Runtime.InteropServices;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// No picture goes further than a distance from where it began. Points beyond land on the surface or a hair inside: what is promised holds for the values as float32
/// has them, and stays true when <see cref="Box"/> clamps them afterwards, as long as the start lies in the box.
/// </summary>
/// <param name="Center">The start, <c>[N, C, H, W]</c>, or <c>[C, H, W]</c> for all pictures; in the units of the values, pixels in [0,1] as a rule.</param>
/// <param name="Radius">ε, 0 or more, in the same units.</param>
public abstract record Ball(CnnTensor Center, double Radius) : Constraint
{
    private const int HashLength = 16;

    /// <inheritdoc/>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: the start has another size.</exception>
    public sealed override void Apply(Tensor values, int step)
    {
        using var scope = NewDisposeScope();
        int[] shape = [.. values.shape.Select(extent => (int)extent)];
        if (!Center.Shape.AsSpan().SequenceEqual(shape) && !Center.Shape.AsSpan().SequenceEqual(shape.AsSpan(1)))
            throw Errors.ShapeMismatch("The start that a synthesis is to stay near", Center.Shape, $"[{string.Join(", ", shape)}], the shape of the values");
        Project(values);
    }

    /// <summary>Which ball it is, with a digest of its centre, which tells a checkpoint's run from others.</summary>
    public sealed override string ToString() => FormattableString.Invariant(
        $"{GetType().Name} {Radius:R} around {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Center.Data.AsSpan())))[..HashLength]}");

    /// <summary>Brings the values back, in place.</summary>
    /// <param name="values">The batch, <c>[N, …]</c>, of the centre's shape.</param>
    private protected abstract void Project(Tensor values);
}
