using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// Convolution, batch normalisation and 2×2 max-pooling in one, for training only: the same values and gradients up to rounding, in about half the time.
/// The images lie with the batch as the last axis, and the matrix product computes the four values of each pooling window as four contiguous slabs,
/// so that pooling is three vectorised maxima, and normalisation scales a quarter of the values. Where a scale is negative the sign goes into the kernel.
/// </summary>
/// <param name="Convolution">The convolution: stride 1, an odd kernel, all maps connected.</param>
/// <param name="Normalization">The batch normalisation behind it.</param>
/// <param name="ConvolutionName">The node that the kernel belongs to.</param>
/// <param name="NormalizationName">The node that the scales and statistics belong to.</param>
public sealed record PooledConvolution(
    Convolution Convolution, BatchNormalization Normalization, string ConvolutionName, string NormalizationName) : Operation
{
    /// <inheritdoc/>
    public override string Type => "Conv2d+BatchNorm2d+MaxPool2d";

    /// <summary>True where a convolution of this kind on images of this shape can be computed this way.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">The shape of its input, <c>[C, H, W]</c>.</param>
    public static bool Fits(Convolution convolution, int[] input) =>
        convolution is { Stride: 1, Connections: null } && convolution.KernelSize % 2 == 1
        && (input[1] + 2 * convolution.Padding) % 2 == 0 && (input[2] + 2 * convolution.Padding) % 2 == 0;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        var shape = Convolution.OutputShape(inputs);
        return [shape[0], shape[1] / 2, shape[2] / 2];
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var padding = (long)Convolution.Padding;
        var batchLast = nn.functional.pad(call.Input.permute(1, 2, 3, 0), [0, 0, padding, padding, padding, padding]);
        call.Parameter(NormalizationName, "num_batches_tracked").add_(1).Dispose();
        var pooled = Block.apply(
            batchLast, call.Parameter(ConvolutionName, "weight"), call.Parameter(NormalizationName, "weight"), call.Parameter(NormalizationName, "bias"),
            Convolution.HasBias ? call.Parameter(ConvolutionName, "bias") : zeros([Convolution.OutputChannels]),
            new Statistics(
                call.Parameter(NormalizationName, "running_mean"), call.Parameter(NormalizationName, "running_var"),
                Normalization.Momentum, Normalization.Epsilon));
        return pooled.permute(3, 0, 1, 2);
    }

    /// <summary>The running statistics, updated on the way.</summary>
    private sealed record Statistics(Tensor Mean, Tensor Variance, double Momentum, double Epsilon);

    private sealed class Block : autograd.SingleTensorFunction<Block>
    {
        public override string Name => nameof(PooledConvolution);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            using var scope = NewDisposeScope();
            var (input, weight, scale, shift) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3]);
            var (bias, statistics) = ((Tensor)vars[4], (Statistics)vars[5]);
            var sizes = new Sizes(input, weight);
            var sign = scale.ge(0).to(scale.dtype) * 2.0 - 1.0;
            var columns = sizes.Columns(input.contiguous());
            var kernels = sizes.Spread(weight * sign.view(-1, 1, 1, 1));
            var values = kernels.matmul(columns).view(4, sizes.Outputs, -1);

            var count = 4.0 * values.shape[2];
            var mean = values.sum([0, 2]) / count;
            values.sub_(mean.view(1, -1, 1));
            var squares = values.square().sum([0, 2]);
            // A convolution's bias moves the mean and nothing else: normalisation takes it out again, and its gradient is nothing.
            statistics.Mean.mul_(1 - statistics.Momentum).add_(mean * sign + bias, statistics.Momentum);
            statistics.Variance.mul_(1 - statistics.Momentum).add_(squares, statistics.Momentum / (count - 1));

            var inverse = (squares / count + statistics.Epsilon).pow(-0.5);
            var factor = scale.abs() * inverse;
            var (upper, lower) = (values.select(0, 0).maximum(values.select(0, 1)), values.select(0, 2).maximum(values.select(0, 3)));
            var pooled = upper.maximum(lower);
            var fromUpper = (upper - lower).ge_(0);
            var result = (pooled * factor.view(-1, 1)).add_(shift.view(-1, 1));
            ctx.save_data(nameof(Sizes), sizes);
            ctx.save_data(nameof(input.requires_grad), input.requires_grad);
            ctx.save_for_backward([columns, kernels, values, pooled, fromUpper, sign, inverse, factor]);
            return result.view(sizes.Outputs, sizes.Height, sizes.Width, sizes.Batch).MoveToOuterDisposeScope();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var sizes = (Sizes)ctx.get_data(nameof(Sizes));
            if (ctx.get_saved_variables() is not [var columns, var kernels, var values, var pooled, var fromUpper, var sign, var inverse, var factor])
                throw new InvalidOperationException("The saved tensors are gone.");
            var gradient = grad_output.contiguous().view(sizes.Outputs, -1);
            var sum = gradient.sum([1]);
            var weighted = (pooled * gradient).sum([1]);

            // The gradient of batch normalisation: what arrives, less its mean and its projection on the values.
            var count = 4.0 * values.shape[2];
            gradient = gradient * factor.view(-1, 1);
            var (first, third) = ((values.select(0, 0) - values.select(0, 1)).ge_(0), (values.select(0, 2) - values.select(0, 3)).ge_(0));
            values.mul_((factor * inverse * inverse * weighted / -count).view(-1, 1)).add_((factor * sum / -count).view(-1, 1));
            var upper = fromUpper.mul_(gradient);
            var lower = gradient.sub_(upper);
            var (toFirst, toThird) = (first.mul_(upper), third.mul_(lower));
            values.select(0, 0).add_(toFirst);
            values.select(0, 1).add_(upper.sub_(toFirst));
            values.select(0, 2).add_(toThird);
            values.select(0, 3).add_(lower.sub_(toThird));
            var toProducts = values.view(4L * sizes.Outputs, -1);

            var toWeight = sizes.Gather(toProducts.matmul(columns.transpose(0, 1))) * sign.view(-1, 1, 1, 1);
            var toInput = (bool)ctx.get_data(nameof(Tensor.requires_grad)) ? sizes.Fold(kernels.transpose(0, 1).matmul(toProducts)) : null;
            return [toInput!, toWeight, weighted * inverse * sign, sum, zeros_like(sum), null!];
        }
    }

    /// <summary>The extents, and how images and kernels become matrices: patches one larger than the kernel hold all four values of a pooling window.</summary>
    private sealed class Sizes(Tensor input, Tensor weight)
    {
        private readonly long[] _input = input.shape;
        private readonly long _kernel = weight.shape[2];

        public long Outputs { get; } = weight.shape[0];

        public long Height => (_input[1] - _kernel + 1) / 2;

        public long Width => (_input[2] - _kernel + 1) / 2;

        public long Batch => _input[3];

        private long Channels => _input[0];

        private long Patch => _kernel + 1;

        /// <summary>A column for each pooling window and image, of the patch's pixels.</summary>
        public Tensor Columns(Tensor image)
        {
            var (row, plane) = (_input[2] * Batch, _input[1] * _input[2] * Batch);
            return image.as_strided([Channels, Patch, Patch, Height, Width, Batch], [plane, row, Batch, 2 * row, 2 * Batch, 1])
                .contiguous().view(Channels * Patch * Patch, -1);
        }

        /// <summary>The kernel at the four places of a pooling window within a patch, <c>[4·outputs, channels·patch²]</c>.</summary>
        public Tensor Spread(Tensor kernel)
        {
            var places = new Tensor[4];
            for (var i = 0; i < places.Length; i++)
                places[i] = nn.functional.pad(kernel, [i % 2, 1 - i % 2, i / 2, 1 - i / 2]);
            return stack(places).view(4 * Outputs, -1);
        }

        /// <summary>The reverse of <see cref="Spread"/> for a gradient.</summary>
        public Tensor Gather(Tensor spread)
        {
            var places = spread.view(2, 2, Outputs, Channels, Patch, Patch);
            var sum = zeros([Outputs, Channels, _kernel, _kernel]);
            for (var i = 0; i < 4; i++)
                sum.add_(places.select(0, i / 2).select(0, i % 2).narrow(2, i / 2, _kernel).narrow(3, i % 2, _kernel));
            return sum;
        }

        /// <summary>The reverse of <see cref="Columns"/> for a gradient: what came from one pixel is added up.</summary>
        public Tensor Fold(Tensor columns)
        {
            var half = Patch / 2;
            var patches = columns.view(Channels, half, 2, half, 2, Height, Width, Batch);
            var image = zeros([Channels, _input[1] / 2, 2, _input[2] / 2, 2, Batch]);
            for (var a = 0; a < half; a++)
            {
                for (var b = 0; b < half; b++)
                    image.narrow(1, a, Height).narrow(3, b, Width).add_(patches.select(1, a).select(2, b).permute(0, 3, 1, 4, 2, 5));
            }
            return image.view(_input);
        }
    }
}
