using TorchSharp.Native;

namespace TorchSharp;

#pragma warning disable CS1591 // The names are TorchSharp's and PyTorch's, and mean what they mean there: layers as functions.

public static partial class torch
{
    /// <summary>Interpolation when sampling a grid.</summary>
    public enum GridSampleMode
    {
        /// <summary>The nearest pixel.</summary>
        Nearest = 0,

        /// <summary>Between the four pixels around.</summary>
        Bilinear = 2,
    }

    /// <summary>What lies outside of a sampled picture.</summary>
    public enum GridSamplePaddingMode
    {
        /// <summary>Zeros.</summary>
        Zeros = 0,

        /// <summary>The picture mirrored.</summary>
        Reflection = 1,

        /// <summary>The edge.</summary>
        Border = 2,
    }

    /// <summary>Neural networks.</summary>
    public static class nn
    {
        /// <summary>How a loss over a batch becomes one number.</summary>
        public enum Reduction : long
        {
            /// <summary>A number for each item.</summary>
            None = 0,

            /// <summary>Their mean.</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }

        /// <summary>Layers as functions of tensors.</summary>
        public static class functional
        {
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.Conv2d.Call(input, weight, bias, strides, padding, dilation, groups);

            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null,
                long[]? dilation = null, long groups = 1) =>
                Ops.ConvTranspose2d.Call(input, weight, bias, strides, padding, output_padding, groups, dilation);

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Ops.Linear.Call(input, weights, bias);

            public static Tensor batch_norm(
                Tensor input, Tensor running_mean, Tensor running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1E-05) =>
                Ops.BatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Ops.MaxPool2d.Call(input, kernel_size, strides, padding, dilation, ceil_mode);

            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Ops.MaxPool2dWithIndices.CallTwo(input, kernel_size, strides, padding, dilation, ceil_mode);

            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                Ops.AvgPool2d.Call(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Ops.AdaptiveAvgPool2d.Call(input, output_size);

            public static Tensor relu(Tensor x, bool inplace = false) => OutOfPlace(inplace, Ops.Relu).Call(x);

            public static Tensor tanh(Tensor x, bool inplace = false) => OutOfPlace(inplace, Ops.Tanh).Call(x);

            public static Tensor sigmoid(Tensor x) => Ops.Sigmoid.Call(x);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => OutOfPlace(inplace, Ops.Elu).Call(x, alpha);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                OutOfPlace(inplace, Ops.LeakyRelu).Call(input, negative_slope);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Ops.Softmax.Call(input, dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => Ops.LogSoftmax.Call(x, dim, Argument.None);

            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Ops.CrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Reflect => Ops.ReflectionPad2d.Call(input, pad),
                PaddingModes.Replicate => Ops.ReplicationPad2d.Call(input, pad),
                PaddingModes.Circular => throw new NotSupportedException("Torch.System pads with constants, reflection and replication."),
                _ => Ops.ConstantPad.Call(input, pad, value),
            };

            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Ops.AffineGrid.Call(theta, size, align_corners);

            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null) =>
                Ops.GridSample.Call(
                    input, grid, mode == GridSampleMode.Bilinear ? 0L : 1L,
                    padding_mode switch { GridSamplePaddingMode.Border => 1L, GridSamplePaddingMode.Reflection => 2L, _ => 0L }, align_corners ?? false);

            public static Tensor unfold(
                Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Ops.Unfold.Call(input, Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            private static long[] Pair((long, long) pair) => [pair.Item1, pair.Item2];

            private static Operator OutOfPlace(bool inplace, Operator operation) => !inplace
                ? operation
                : throw new NotSupportedException("Torch.System's activations do not overwrite their input.");
        }
    }
}
