using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// Residual networks for ImageNet (He, Zhang, Ren and Sun 2015): each block adds to its input. As in torchvision a bottleneck that halves the maps does
/// so in its 3×3 convolution.
/// </summary>
public static class ResNet
{
    private const int Expansion = 4;

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds one.</summary>
    /// <param name="name">Its name, such as <c>resnet50</c>.</param>
    /// <param name="depths">The blocks of each of the four stages.</param>
    /// <param name="isBottleneck">True for blocks of three convolutions (1×1, 3×3, 1×1), false for two of 3×3.</param>
    /// <param name="classCount">The classes.</param>
    public static Network Build(string name, ReadOnlySpan<int> depths, bool isBottleneck, int classCount = 1000)
    {
        var builder = new NetworkBuilder()
            .Add("conv1", Convolution(3, 64, 7, 2))
            .Add("bn1", new BatchNormalization(64))
            .Add("relu", Relu)
            .Add("maxpool", new MaxPooling(3, 2, 1));
        var channels = 64;
        for (var stage = 0; stage < depths.Length; stage++)
        {
            var width = 64 << stage;
            for (var i = 0; i < depths[stage]; i++)
            {
                var stride = stage > 0 && i == 0 ? 2 : 1;
                channels = isBottleneck
                    ? Bottleneck(builder, $"layer{stage + 1}.{i}", channels, width, stride)
                    : BasicBlock(builder, $"layer{stage + 1}.{i}", channels, width, stride);
            }
        }
        return builder
            .Add("avgpool", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(channels, classCount))
            .Build(name, [3, 224, 224]);
    }

    private static int BasicBlock(NetworkBuilder builder, string name, int channels, int width, int stride)
    {
        var input = builder.Last;
        var residual = builder
            .Add($"{name}.conv1", Convolution(channels, width, 3, stride))
            .Add($"{name}.bn1", new BatchNormalization(width))
            .Add($"{name}.relu", Relu)
            .Add($"{name}.conv2", Convolution(width, width, 3))
            .Add($"{name}.bn2", new BatchNormalization(width)).Last;
        var shortcut = Shortcut(builder, name, input, channels, width, stride);
        builder.Add($"{name}.add", new Addition(), residual, shortcut).Add($"{name}.relu_1", Relu);
        return width;
    }

    private static int Bottleneck(NetworkBuilder builder, string name, int channels, int width, int stride)
    {
        var input = builder.Last;
        var residual = builder
            .Add($"{name}.conv1", Convolution(channels, width, 1))
            .Add($"{name}.bn1", new BatchNormalization(width))
            .Add($"{name}.relu", Relu)
            .Add($"{name}.conv2", Convolution(width, width, 3, stride))
            .Add($"{name}.bn2", new BatchNormalization(width))
            .Add($"{name}.relu_1", Relu)
            .Add($"{name}.conv3", Convolution(width, Expansion * width, 1))
            .Add($"{name}.bn3", new BatchNormalization(Expansion * width)).Last;
        var shortcut = Shortcut(builder, name, input, channels, Expansion * width, stride);
        builder.Add($"{name}.add", new Addition(), residual, shortcut).Add($"{name}.relu_2", Relu);
        return Expansion * width;
    }

    /// <summary>The block's input; where the block changes its shape, a 1×1 convolution of it.</summary>
    private static int Shortcut(NetworkBuilder builder, string name, int input, int channels, int outputs, int stride)
    {
        if (channels == outputs && stride == 1)
            return input;
        return builder
            .Add($"{name}.downsample.0", Convolution(channels, outputs, 1, stride), input)
            .Add($"{name}.downsample.1", new BatchNormalization(outputs)).Last;
    }

    private static Convolution Convolution(int inputs, int outputs, int size, int stride = 1) => new(inputs, outputs, size)
    {
        Stride = stride,
        Padding = size / 2,
        HasBias = false,
        Initial = new Initializer.HeNormal(IsFanOut: true),
    };
}
