using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// Gives all scales of a gradient the same strength: it is taken apart into a Laplacian pyramid by the kernel 1-4-6-4-1, each level is divided by the root of
/// the mean of its squares, and they are put together again (Mordvintsev's notebook, 2015).
/// </summary>
/// <param name="Levels">The levels below the coarsest; fewer where the picture is too small.</param>
public sealed record LaplacianPyramid(int Levels = 4) : GradientFilter
{
    private const double Tiny = 1e-10;
    private const int SmallestSide = 4;
    private static readonly float[] Binomial = [1, 4, 6, 4, 1];

    /// <inheritdoc/>
    public override Tensor Apply(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var channels = gradient.shape[1];
        var row = TensorTransfer.ToNative(Binomial, [5, 1]) / 16;
        var kernel = row.Times(row.transpose(0, 1)).view(1, 1, 5, 5).to(gradient.dtype, gradient.device)
            .expand(channels, 1, 5, 5).contiguous();
        var details = new List<Tensor>();
        var coarse = gradient;
        for (var level = 0; level < Levels && Math.Min(coarse.shape[2], coarse.shape[3]) >= SmallestSide; level++)
        {
            var smaller = nn.functional.conv2d(coarse, kernel, strides: [2, 2], padding: [2, 2], groups: channels);
            details.Add(coarse - Enlarge(smaller, coarse.shape, kernel));
            coarse = smaller;
        }
        var sum = Even(coarse);
        foreach (var detail in Enumerable.Reverse(details))
            sum = Enlarge(sum, detail.shape, kernel) + Even(detail);
        return sum.MoveToOuterDisposeScope();
    }

    private static Tensor Enlarge(Tensor coarse, long[] shape, Tensor kernel) => nn.functional.conv_transpose2d(
        coarse, kernel * 4, strides: [2, 2], padding: [2, 2],
        output_padding: [shape[2] - (2 * coarse.shape[2] - 1), shape[3] - (2 * coarse.shape[3] - 1)], groups: coarse.shape[1]);

    private static Tensor Even(Tensor level)
    {
        var strength = level.flatten(1).square().mean([1]).sqrt().clamp(min: Tiny).view(-1, 1, 1, 1);
        return level / strength;
    }
}
