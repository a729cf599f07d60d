using CnnViz.Data.Patterns;
using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// A small relative of VGG for pictures of 64×64 pixels, made for the built-in patterns: four stacks of two 3×3 convolutions, with pooling between them, the mean of each map, and one dense
/// layer. The mean of each map lets it take pictures of any size.
/// </summary>
public static class SmallVgg
{
    /// <summary>Its name.</summary>
    public const string Name = "vgg9";

    /// <summary>The name of the one with batch normalisation, which learns faster; folding makes the other of it.</summary>
    public const string NormalizedName = "vgg9_bn";

    private static readonly Activation Relu = new(ActivationFunction.Relu);
    private static readonly int[] Channels = [16, 32, 64, 128];

    /// <summary>Builds it for a picture of 64×64 pixels.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount) => Build(Name, isNormalized: false, classCount);

    /// <summary>Builds the one with batch normalisation behind every convolution.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network BuildNormalized(int classCount) => Build(NormalizedName, isNormalized: true, classCount);

    /// <summary>The whole picture at 64×64, from −2 to 2.</summary>
    public static Preprocessing Preprocessing { get; } = new()
    {
        Height = PatternPainter.UsualSize,
        Width = PatternPainter.UsualSize,
        Mean = [0.5f, 0.5f, 0.5f],
        Deviation = [0.25f, 0.25f, 0.25f],
    };

    private static Network Build(string name, bool isNormalized, int classCount)
    {
        var builder = new NetworkBuilder();
        var channels = 3;
        for (var stack = 1; stack <= Channels.Length; stack++)
        {
            for (var i = 1; i <= 2; i++)
            {
                builder.Add($"conv{stack}_{i}", new Convolution(channels, Channels[stack - 1], 3) { Padding = 1, Initial = new Initializer.HeNormal() });
                if (isNormalized)
                    builder.Add($"bn{stack}_{i}", new BatchNormalization(Channels[stack - 1]));
                builder.Add($"relu{stack}_{i}", Relu);
                channels = Channels[stack - 1];
            }
            if (stack < Channels.Length)
                builder.Add($"pool{stack}", new MaxPooling(2));
        }
        return builder
            .Add("avgpool", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(channels, classCount))
            .Build(name, [3, PatternPainter.UsualSize, PatternPainter.UsualSize]);
    }
}
