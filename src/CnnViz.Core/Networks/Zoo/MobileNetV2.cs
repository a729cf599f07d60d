using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// MobileNetV2 (Sandler et al. 2018): inverted residual blocks, which widen the maps, convolve each by itself and narrow them again without an activation.
/// </summary>
public static class MobileNetV2
{
    /// <summary>Its name.</summary>
    public const string Name = "mobilenet_v2";

    private const int LastChannels = 1280;

    private static readonly Activation Relu6 = new(ActivationFunction.Relu6);

    // Table 2 of the paper.
    private static readonly (int Expansion, int Channels, int Depth, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 1000)
    {
        var channels = 32;
        var builder = new NetworkBuilder().AddSequence("features.0", Convolution(3, channels, 3, 2), new BatchNormalization(channels), Relu6);
        var number = 1;
        foreach (var (expansion, outputs, depth, stride) in Stages)
        {
            for (var i = 0; i < depth; i++)
            {
                Block(builder, $"features.{number++}", channels, outputs, expansion, i == 0 ? stride : 1);
                channels = outputs;
            }
        }
        return builder
            .AddSequence($"features.{number}", Convolution(channels, LastChannels, 1), new BatchNormalization(LastChannels), Relu6)
            .Add("adaptive_avg_pool2d", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .AddSequence("classifier", new Dropout(0.2), new Dense(LastChannels, classCount) { Initial = new Initializer.Normal(0.01) })
            .Build(Name, [3, 224, 224]);
    }

    private static void Block(NetworkBuilder builder, string name, int channels, int outputs, int expansion, int stride)
    {
        var input = builder.Last;
        var wide = expansion * channels;
        var step = 0;
        if (expansion > 1)
            builder.AddSequence($"{name}.conv.{step++}", Convolution(channels, wide, 1), new BatchNormalization(wide), Relu6);
        builder
            .AddSequence($"{name}.conv.{step++}", Convolution(wide, wide, 3, stride) with { Groups = wide }, new BatchNormalization(wide), Relu6)
            .Add($"{name}.conv.{step++}", Convolution(wide, outputs, 1))
            .Add($"{name}.conv.{step}", new BatchNormalization(outputs));
        if (channels == outputs && stride == 1)
            builder.Add($"{name}.add", new Addition(), input, builder.Last);
    }

    private static Convolution Convolution(int inputs, int outputs, int size, int stride = 1) => new(inputs, outputs, size)
    {
        Stride = stride,
        Padding = size / 2,
        HasBias = false,
        Initial = new Initializer.HeNormal(IsFanOut: true),
    };
}
