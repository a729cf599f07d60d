using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>DenseNet (Huang, Liu, van der Maaten and Weinberger 2016): each layer of a block takes the maps of all layers before it.</summary>
public static class DenseNet
{
    private const int BottleneckFactor = 4;

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds one.</summary>
    /// <param name="name">Its name, such as <c>densenet121</c>.</param>
    /// <param name="depths">The layers of each of the four blocks.</param>
    /// <param name="stem">The maps of the first convolution.</param>
    /// <param name="growth">The maps that each layer adds.</param>
    /// <param name="classCount">The classes.</param>
    public static Network Build(string name, ReadOnlySpan<int> depths, int stem, int growth, int classCount = 1000)
    {
        var builder = new NetworkBuilder()
            .Add("features.conv0", Convolution(3, stem, 7) with { Stride = 2, Padding = 3 })
            .Add("features.norm0", new BatchNormalization(stem))
            .Add("features.relu0", Relu)
            .Add("features.pool0", new MaxPooling(3, 2, 1));
        var channels = stem;
        for (var block = 1; block <= depths.Length; block++)
        {
            channels = Block(builder, $"features.denseblock{block}", depths[block - 1], channels, growth);
            if (block < depths.Length)
                channels = Transition(builder, $"features.transition{block}", channels);
        }
        return builder
            .Add("features.norm5", new BatchNormalization(channels))
            .Add("relu", Relu)
            .Add("adaptive_avg_pool2d", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .Add("classifier", new Dense(channels, classCount))
            .Build(name, [3, 224, 224]);
    }

    private static int Block(NetworkBuilder builder, string name, int depth, int channels, int growth)
    {
        var all = builder.Last;
        for (var i = 1; i <= depth; i++)
        {
            var layer = $"{name}.denselayer{i}";
            var added = builder
                .Add($"{layer}.norm1", new BatchNormalization(channels), all)
                .Add($"{layer}.relu1", Relu)
                .Add($"{layer}.conv1", Convolution(channels, BottleneckFactor * growth, 1))
                .Add($"{layer}.norm2", new BatchNormalization(BottleneckFactor * growth))
                .Add($"{layer}.relu2", Relu)
                .Add($"{layer}.conv2", Convolution(BottleneckFactor * growth, growth, 3) with { Padding = 1 }).Last;
            // What the next layer takes, the last one of the block what leaves it.
            all = builder.Add(i < depth ? $"{name}.denselayer{i + 1}.cat" : $"{name}.cat", new Concatenation(), all, added).Last;
            channels += growth;
        }
        return channels;
    }

    private static int Transition(NetworkBuilder builder, string name, int channels)
    {
        builder
            .Add($"{name}.norm", new BatchNormalization(channels))
            .Add($"{name}.relu", Relu)
            .Add($"{name}.conv", Convolution(channels, channels / 2, 1))
            .Add($"{name}.pool", new AveragePooling(2));
        return channels / 2;
    }

    private static Convolution Convolution(int inputs, int outputs, int size) =>
        new(inputs, outputs, size) { HasBias = false, Initial = new Initializer.HeNormal() };
}
