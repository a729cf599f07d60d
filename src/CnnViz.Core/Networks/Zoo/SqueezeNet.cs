using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// SqueezeNet (Iandola et al. 2016): fire modules, which squeeze the maps by 1×1 convolutions and expand them by 1×1 and 3×3 ones. Version 1.1 pools
/// earlier.
/// </summary>
public static class SqueezeNet
{
    /// <summary>The name of version 1.0.</summary>
    public const string Name10 = "squeezenet1_0";

    /// <summary>The name of version 1.1.</summary>
    public const string Name11 = "squeezenet1_1";

    private static readonly Activation Relu = new(ActivationFunction.Relu);
    private static readonly MaxPooling Pool = new(3, 2) { CeilMode = true };
    private static readonly Initializer He = new Initializer.HeNormal();

    /// <summary>Builds version 1.0.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build10(int classCount = 1000)
    {
        var builder = new NetworkBuilder().AddSequence("features", new Convolution(3, 96, 7) { Stride = 2, Initial = He }, Relu, Pool);
        Fire(builder, 3, 96, 16, 64);
        Fire(builder, 4, 128, 16, 64);
        Fire(builder, 5, 128, 32, 128);
        builder.Add("features.6", Pool);
        Fire(builder, 7, 256, 32, 128);
        Fire(builder, 8, 256, 48, 192);
        Fire(builder, 9, 384, 48, 192);
        Fire(builder, 10, 384, 64, 256);
        builder.Add("features.11", Pool);
        Fire(builder, 12, 512, 64, 256);
        return Classify(builder, Name10, classCount);
    }

    /// <summary>Builds version 1.1.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build11(int classCount = 1000)
    {
        var builder = new NetworkBuilder().AddSequence("features", new Convolution(3, 64, 3) { Stride = 2, Initial = He }, Relu, Pool);
        Fire(builder, 3, 64, 16, 64);
        Fire(builder, 4, 128, 16, 64);
        builder.Add("features.5", Pool);
        Fire(builder, 6, 128, 32, 128);
        Fire(builder, 7, 256, 32, 128);
        builder.Add("features.8", Pool);
        Fire(builder, 9, 256, 48, 192);
        Fire(builder, 10, 384, 48, 192);
        Fire(builder, 11, 384, 64, 256);
        Fire(builder, 12, 512, 64, 256);
        return Classify(builder, Name11, classCount);
    }

    private static void Fire(NetworkBuilder builder, int number, int channels, int squeezed, int expanded)
    {
        var name = $"features.{number}";
        var narrow = builder
            .Add($"{name}.squeeze", new Convolution(channels, squeezed, 1) { Initial = He })
            .Add($"{name}.squeeze_activation", Relu).Last;
        var small = builder
            .Add($"{name}.expand1x1", new Convolution(squeezed, expanded, 1) { Initial = He })
            .Add($"{name}.expand1x1_activation", Relu).Last;
        var large = builder
            .Add($"{name}.expand3x3", new Convolution(squeezed, expanded, 3) { Padding = 1, Initial = He }, narrow)
            .Add($"{name}.expand3x3_activation", Relu).Last;
        builder.Add($"{name}.cat", new Concatenation(), small, large);
    }

    private static Network Classify(NetworkBuilder builder, string name, int classCount) => builder
        .AddSequence(
            "classifier",
            new Dropout(0.5), new Convolution(512, classCount, 1) { Initial = new Initializer.Normal(0.01) }, Relu, new AdaptiveAveragePooling(1))
        .Add("flatten", new Flatten())
        .Build(name, [3, 224, 224]);
}
