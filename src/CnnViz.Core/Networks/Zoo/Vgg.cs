using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>VGG (Simonyan and Zisserman 2014): five stacks of 3×3 convolutions, each followed by pooling, and three dense layers.</summary>
public static class Vgg
{
    private const int Stacks = 5;

    private static readonly Activation Relu = new(ActivationFunction.Relu);
    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    /// <summary>Builds one.</summary>
    /// <param name="name">Its name, such as <c>vgg16_bn</c>.</param>
    /// <param name="depths">The convolutions of each of the five stacks.</param>
    /// <param name="isNormalized">True for batch normalisation behind every convolution.</param>
    /// <param name="classCount">The classes.</param>
    public static Network Build(string name, ReadOnlySpan<int> depths, bool isNormalized, int classCount = 1000)
    {
        var features = new List<Operation>();
        var channels = 3;
        for (var stack = 0; stack < Stacks; stack++)
        {
            for (var i = 0; i < depths[stack]; i++)
            {
                features.Add(new Convolution(channels, Channels[stack], 3) { Padding = 1, Initial = new Initializer.HeNormal(IsFanOut: true) });
                channels = Channels[stack];
                if (isNormalized)
                    features.Add(new BatchNormalization(channels));
                features.Add(Relu);
            }
            features.Add(new MaxPooling(2));
        }
        return new NetworkBuilder()
            .AddSequence("features", [.. features])
            .Add("avgpool", new AdaptiveAveragePooling(7))
            .Add("flatten", new Flatten())
            .AddSequence(
                "classifier",
                Dense(512 * 7 * 7, 4096), Relu, new Dropout(0.5),
                Dense(4096, 4096), Relu, new Dropout(0.5),
                Dense(4096, classCount))
            .Build(name, [3, 224, 224]);
    }

    private static Dense Dense(int inputs, int outputs) => new(inputs, outputs) { Initial = new Initializer.Normal(0.01) };
}
