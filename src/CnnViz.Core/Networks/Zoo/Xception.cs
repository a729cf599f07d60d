using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// Xception (Chollet 2016): residual blocks of separable convolutions, each map by itself and then across the maps. Names are those of the widely used
/// weights of Cadene/pretrained-models.pytorch.
/// </summary>
public static class Xception
{
    /// <summary>Its name.</summary>
    public const string Name = "xception";

    private const int MiddleBlocks = 8;
    private const int MiddleChannels = 728;

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 1000)
    {
        var builder = new NetworkBuilder()
            .Add("conv1", new Convolution(3, 32, 3) { Stride = 2, HasBias = false })
            .Add("bn1", new BatchNormalization(32))
            .Add("relu", Relu)
            .Add("conv2", new Convolution(32, 64, 3) { HasBias = false })
            .Add("bn2", new BatchNormalization(64))
            .Add("relu_1", Relu);
        // The first block follows a ReLU and begins without one.
        Block(builder, "block1", stride: 2, startsWithRelu: false, 64, 128, 128);
        Block(builder, "block2", stride: 2, startsWithRelu: true, 128, 256, 256);
        Block(builder, "block3", stride: 2, startsWithRelu: true, 256, MiddleChannels, MiddleChannels);
        for (var i = 0; i < MiddleBlocks; i++)
            Block(builder, $"block{4 + i}", stride: 1, startsWithRelu: true, MiddleChannels, MiddleChannels, MiddleChannels, MiddleChannels);
        Block(builder, "block12", stride: 2, startsWithRelu: true, MiddleChannels, MiddleChannels, 1024);
        Separable(builder, "conv3", 1024, 1536).Add("bn3", new BatchNormalization(1536)).Add("relu_2", Relu);
        Separable(builder, "conv4", 1536, 2048).Add("bn4", new BatchNormalization(2048)).Add("relu_3", Relu);
        return builder
            .Add("adaptive_avg_pool2d", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(2048, classCount))
            .Build(Name, [3, 299, 299]);
    }

    /// <summary>Separable convolutions from each number of maps to the next, and around them a shortcut.</summary>
    private static void Block(NetworkBuilder builder, string name, int stride, bool startsWithRelu, params ReadOnlySpan<int> channels)
    {
        var input = builder.Last;
        var shortcut = stride == 1 ? input : builder
            .Add($"{name}.skip", new Convolution(channels[0], channels[^1], 1) { Stride = stride, HasBias = false })
            .Add($"{name}.skipbn", new BatchNormalization(channels[^1])).Last;
        var residual = input;
        var number = 0;
        for (var i = 1; i < channels.Length; i++)
        {
            if (i > 1 || startsWithRelu)
                residual = builder.Add($"{name}.rep.{number++}", Relu, residual).Last;
            Separable(builder, $"{name}.rep.{number++}", channels[i - 1], channels[i], residual);
            residual = builder.Add($"{name}.rep.{number++}", new BatchNormalization(channels[i])).Last;
        }
        if (stride > 1)
            residual = builder.Add($"{name}.rep.{number}", new MaxPooling(3, stride, 1)).Last;
        builder.Add($"{name}.add", new Addition(), residual, shortcut);
    }

    private static NetworkBuilder Separable(NetworkBuilder builder, string name, int channels, int outputs, int? input = null) => builder
        .Add($"{name}.conv1", new Convolution(channels, channels, 3) { Padding = 1, Groups = channels, HasBias = false }, input ?? builder.Last)
        .Add($"{name}.pointwise", new Convolution(channels, outputs, 1) { HasBias = false });
}
