using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>ShuffleNet v2 at width 1 (Ma et al. 2018): half of the maps goes through a block, half passes it by, and then they are shuffled.</summary>
public static class ShuffleNetV2
{
    /// <summary>Its name.</summary>
    public const string Name = "shufflenet_v2_x1_0";

    private const int LastChannels = 1024;

    private static readonly Activation Relu = new(ActivationFunction.Relu);
    private static readonly (int Channels, int Depth)[] Stages = [(116, 4), (232, 8), (464, 4)];

    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 1000)
    {
        var channels = 24;
        var builder = new NetworkBuilder()
            .AddSequence("conv1", Convolution(3, channels, 3, 2), new BatchNormalization(channels), Relu)
            .Add("maxpool", new MaxPooling(3, 2, 1));
        for (var stage = 0; stage < Stages.Length; stage++)
        {
            var (outputs, depth) = Stages[stage];
            Halving(builder, $"stage{stage + 2}.0", channels, outputs / 2);
            for (var i = 1; i < depth; i++)
                Block(builder, $"stage{stage + 2}.{i}", outputs / 2);
            channels = outputs;
        }
        return builder
            .AddSequence("conv5", Convolution(channels, LastChannels, 1), new BatchNormalization(LastChannels), Relu)
            .Add("mean", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(LastChannels, classCount))
            .Build(Name, [3, 224, 224]);
    }

    /// <summary>Both branches take all maps and halve their sides.</summary>
    private static void Halving(NetworkBuilder builder, string name, int channels, int half)
    {
        var input = builder.Last;
        var first = builder
            .Add($"{name}.branch1.0", Depthwise(channels, 2), input)
            .Add($"{name}.branch1.1", new BatchNormalization(channels))
            .Add($"{name}.branch1.2", Convolution(channels, half, 1))
            .Add($"{name}.branch1.3", new BatchNormalization(half))
            .Add($"{name}.branch1.4", Relu).Last;
        var second = Branch(builder, $"{name}.branch2", input, channels, half, 2);
        Join(builder, name, first, second);
    }

    private static void Block(NetworkBuilder builder, string name, int half)
    {
        var input = builder.Last;
        var kept = builder.Add($"{name}.chunk", new ChannelSlice(0, half), input).Last;
        var taken = builder.Add($"{name}.chunk_1", new ChannelSlice(half, half), input).Last;
        Join(builder, name, kept, Branch(builder, $"{name}.branch2", taken, half, half, 1));
    }

    private static int Branch(NetworkBuilder builder, string name, int input, int channels, int half, int stride) => builder
        .Add($"{name}.0", Convolution(channels, half, 1), input)
        .Add($"{name}.1", new BatchNormalization(half))
        .Add($"{name}.2", Relu)
        .Add($"{name}.3", Depthwise(half, stride))
        .Add($"{name}.4", new BatchNormalization(half))
        .Add($"{name}.5", Convolution(half, half, 1))
        .Add($"{name}.6", new BatchNormalization(half))
        .Add($"{name}.7", Relu).Last;

    private static void Join(NetworkBuilder builder, string name, int first, int second) => builder
        .Add($"{name}.cat", new Concatenation(), first, second)
        .Add($"{name}.shuffle", new ChannelShuffle(2));

    private static Convolution Depthwise(int channels, int stride) => Convolution(channels, channels, 3, stride) with { Groups = channels };

    private static Convolution Convolution(int inputs, int outputs, int size, int stride = 1) =>
        new(inputs, outputs, size) { Stride = stride, Padding = size / 2, HasBias = false };
}
