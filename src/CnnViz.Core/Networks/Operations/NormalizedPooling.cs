using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// Batch normalisation by the batch and 2×2 max-pooling as one step of the graph, of values whose four places in a pooling window lie as four groups of maps.
/// Only the largest values are normalised, and all of it is made of operators that libtorch computes with vectors: its own normalisation and pooling are
/// loops over single numbers for maps of this layout. The values themselves are overwritten by their gradient.
/// </summary>
internal sealed class NormalizedPooling : GuardedFunction<NormalizedPooling>
{
    private const int Places = 4;

    /// <summary>The normalised and pooled maps, and the running statistics of a batch.</summary>
    /// <param name="values">Group 2a + b holds place (a, b) of each window, <c>[N, 4·C, H, W]</c>; nobody else may use it.</param>
    /// <param name="scale">The scale of each map, nowhere negative, <c>[C]</c>.</param>
    /// <param name="shift">What is added to each map, <c>[C]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The pooled maps <c>[N, C, H, W]</c>, and the batch's mean and unbiased variance of each map, <c>[C]</c>.</returns>
    public static (Tensor Pooled, Tensor Mean, Tensor Variance) Apply(Tensor values, Tensor scale, Tensor shift, double epsilon)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (values.shape[0], scale.shape[0], values.shape[2], values.shape[3]);
        var count = values.NumberOfElements / channels;
        Tensor mean, variance;
        using (no_grad())
        {
            // A single axis is summed with vectors; the sums are few, and in double precision their difference keeps what float32 would lose.
            var maps = values.view(batch, Places, channels, height * width);
            mean = maps.sum([3]).to(ScalarType.Float64).sum([0, 1]) / count;
            variance = (maps.norm(3).to(ScalarType.Float64).square().sum([0, 1]) - mean.square() * count).clamp_(0) / (count - 1.0);
        }
        var deviation = (variance * ((count - 1.0) / count) + epsilon).sqrt().to(ScalarType.Float32);
        mean = mean.to(ScalarType.Float32);
        variance = variance.to(ScalarType.Float32);
        var pooled = apply(values, scale, shift, mean, deviation);
        return (pooled.MoveToOuterDisposeScope(), mean.MoveToOuterDisposeScope(), variance.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    protected override Tensor Forward(autograd.AutogradContext context, object[] arguments)
    {
        using var scope = NewDisposeScope();
        if (arguments is not [Tensor values, Tensor scale, Tensor shift, Tensor mean, Tensor deviation])
            throw new InvalidOperationException("The function takes five tensors.");
        var (batch, channels, height, width) = (values.shape[0], scale.shape[0], values.shape[2], values.shape[3]);
        var windows = values.view(batch, 2, 2, channels, height * width);
        var top = windows.select(1, 0);
        var columns = top.maximum(windows.select(1, 1));
        var left = columns.select(1, 0);
        var largest = left.maximum(columns.select(1, 1));
        // Comparisons in place give 0 and 1 as numbers and are vectorised; those that give truth values are not.
        var isLeft = largest.clone().eq_(left);
        var isTop = columns.eq_(top);
        var gain = scale / deviation;
        var pooled = (largest * PerMap(gain)).add_(PerMap(shift - mean * gain));
        // What is saved is taken over after this returns.
        context.save_for_backward(
        [
            values, largest.MoveToOuterDisposeScope(), isLeft.MoveToOuterDisposeScope(), isTop.MoveToOuterDisposeScope(),
            scale, mean, deviation,
        ]);
        return pooled.view(batch, channels, height, width).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var saved = context.get_saved_variables();
        if (saved is not [var values, var largest, var isLeft, var isTop, var scale, var mean, var deviation])
            throw new InvalidOperationException("The forward pass saves seven tensors.");
        var (batch, channels) = (values.shape[0], scale.shape[0]);
        var count = (double)(values.NumberOfElements / channels);
        gradient = gradient.reshape(largest.shape);
        var shiftGradient = gradient.sum([0, 2]);
        var scaleGradient = (largest.mul_(gradient).sum([0, 2]) - mean * shiftGradient) / deviation;

        // Through mean and deviation every value gets a part that is linear in the value; the largest of a window gets its window's besides.
        var gain = scale / deviation;
        var slope = gain * scaleGradient / deviation / -count;
        var offset = gain * shiftGradient / -count - slope * mean;
        values.view(batch, Places, channels, -1).mul_(PerMap(slope)).add_(PerMap(offset));
        var toLargest = gradient * PerMap(gain);
        var toLeft = isLeft.mul_(toLargest);
        var windows = values.view(batch, 2, 2, channels, -1);
        var toRight = toLargest.sub_(toLeft);
        Spread(toLeft, isTop, windows, column: 0);
        Spread(toRight, isTop, windows, column: 1);
        return [values.alias().MoveToOuterDisposeScope(), scaleGradient.MoveToOuterDisposeScope(), shiftGradient.MoveToOuterDisposeScope(), null!, null!];
    }

    /// <summary>Adds the gradient of a column's larger value to that value; it is used up.</summary>
    private static void Spread(Tensor gradient, Tensor isTop, Tensor windows, int column)
    {
        var toTop = gradient * isTop.select(1, column);
        windows.select(1, 0).select(1, column).add_(toTop);
        windows.select(1, 1).select(1, column).add_(gradient.sub_(toTop));
    }

    private static Tensor PerMap(Tensor values) => values.unsqueeze(1);
}
