using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// Convolution, batch normalisation and 2×2 max-pooling in one, for training nets of few maps: the same values and gradients up to rounding.
/// One convolution of stride 2 computes the four values of each pooling window as four groups of maps, by kernels that are shifted within one pixel more;
/// <see cref="NormalizedPooling"/> takes the largest of them.
/// </summary>
/// <param name="Convolution">The convolution: stride 1, all maps connected, one group.</param>
/// <param name="Normalization">The batch normalisation behind it.</param>
/// <param name="ConvolutionName">The node that the kernel belongs to.</param>
/// <param name="NormalizationName">The node that the scales and statistics belong to.</param>
public sealed record PooledConvolution(
    Convolution Convolution, BatchNormalization Normalization, string ConvolutionName, string NormalizationName) : Operation
{
    private const int Places = 4;

    /// <inheritdoc/>
    public override string Type => "Conv2d+BatchNorm2d+MaxPool2d";

    /// <summary>True where a convolution of this kind on images of this shape can be computed this way.</summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">The shape of its input, <c>[C, H, W]</c>.</param>
    public static bool Fits(Convolution convolution, int[] input) =>
        convolution is { Connections: null, Groups: 1 } && convolution.Stride == 1
        && convolution.OutputShape([input]) is [_, var height, var width] && height % 2 == 0 && width % 2 == 0;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        var shape = Convolution.OutputShape(inputs);
        return [shape[0], shape[1] / 2, shape[2] / 2];
    }

    /// <inheritdoc/>
    public override RowRange? InputRows(RowRange output, int inputHeight) => null;

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var norm = call.At(NormalizationName, call.Input);
        var (scale, runningMean, runningVariance) = (norm["weight"], norm["running_mean"], norm["running_var"]);
        // Where the scale is negative the smallest value of a window counts: turned over it is the largest.
        var sign = scale.detach().ge(0).to(ScalarType.Float32) * 2.0 - 1.0;
        var weight = call.Parameter(ConvolutionName, "weight") * sign.view(-1, 1, 1, 1);
        var shifted = new Tensor[Places];
        for (var i = 0; i < Places; i++)
            shifted[i] = nn.functional.pad(weight, [i % 2, 1 - i % 2, i / 2, 1 - i / 2]);
        var bias = Convolution.HasBias ? (call.Parameter(ConvolutionName, "bias") * sign).repeat(Places) : null;
        var values = nn.functional.conv2d(call.Input, cat(shifted), bias, [2, 2], Convolution.Padding.ToExtents());
        var (pooled, mean, variance) = NormalizedPooling.Apply(values, scale * sign, norm["bias"], Normalization.Epsilon);
        norm["num_batches_tracked"].add_(1);
        runningMean.mul_(1 - Normalization.Momentum).add_(mean * sign, Normalization.Momentum);
        runningVariance.mul_(1 - Normalization.Momentum).add_(variance, Normalization.Momentum);
        return pooled;
    }
}
