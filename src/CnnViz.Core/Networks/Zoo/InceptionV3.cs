using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// Inception v3 (Szegedy et al. 2015): convolutions taken apart into smaller ones, 7×7 into 1×7 and 7×1. Its auxiliary head is part of the weights; the
/// logits do not depend on it.
/// </summary>
public static class InceptionV3
{
    /// <summary>Its name.</summary>
    public const string Name = "inception_v3";

    private static readonly Initializer Initial = new Initializer.Normal(0.1);
    private static readonly MaxPooling Halving = new(3, 2);

    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 1000)
    {
        var builder = new NetworkBuilder();
        Convolve(builder, "Conv2d_1a_3x3", new Convolution(3, 32, 3) { Stride = 2 });
        Convolve(builder, "Conv2d_2a_3x3", new Convolution(32, 32, 3));
        Convolve(builder, "Conv2d_2b_3x3", new Convolution(32, 64, 3) { Padding = 1 });
        builder.Add("maxpool1", Halving);
        Convolve(builder, "Conv2d_3b_1x1", new Convolution(64, 80, 1));
        Convolve(builder, "Conv2d_4a_3x3", new Convolution(80, 192, 3));
        builder.Add("maxpool2", Halving);
        FiveByFive(builder, "Mixed_5b", 192, pooled: 32);
        FiveByFive(builder, "Mixed_5c", 256, pooled: 64);
        FiveByFive(builder, "Mixed_5d", 288, pooled: 64);
        FirstReduction(builder, "Mixed_6a", 288);
        SevenBySeven(builder, "Mixed_6b", 768, narrow: 128);
        SevenBySeven(builder, "Mixed_6c", 768, narrow: 160);
        SevenBySeven(builder, "Mixed_6d", 768, narrow: 160);
        SevenBySeven(builder, "Mixed_6e", 768, narrow: 192);
        var branching = builder.Last;
        AuxiliaryHead(builder, "AuxLogits", 768, classCount);
        SecondReduction(builder, "Mixed_7a", branching, 768);
        Spread(builder, "Mixed_7b", 1280);
        Spread(builder, "Mixed_7c", 2048);
        return builder
            .Add("avgpool", new AdaptiveAveragePooling(1))
            .Add("dropout", new Dropout(0.5))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(2048, classCount) { Initial = Initial })
            .Build(Name, [3, 299, 299]);
    }

    private static void FiveByFive(NetworkBuilder builder, string name, int channels, int pooled)
    {
        var input = builder.Last;
        builder.Add(
            $"{name}.cat", new Concatenation(),
            Branch(builder, name, input, channels, new Step("branch1x1", 64, 1)),
            Branch(builder, name, input, channels, new Step("branch5x5_1", 48, 1), new Step("branch5x5_2", 64, 5)),
            Branch(
                builder, name, input, channels,
                new Step("branch3x3dbl_1", 64, 1), new Step("branch3x3dbl_2", 96, 3), new Step("branch3x3dbl_3", 96, 3)),
            PooledBranch(builder, name, input, channels, pooled));
    }

    private static void FirstReduction(NetworkBuilder builder, string name, int channels)
    {
        var input = builder.Last;
        builder.Add(
            $"{name}.cat", new Concatenation(),
            Branch(builder, name, input, channels, new Step("branch3x3", 384, 3, Stride: 2)),
            Branch(
                builder, name, input, channels,
                new Step("branch3x3dbl_1", 64, 1), new Step("branch3x3dbl_2", 96, 3), new Step("branch3x3dbl_3", 96, 3, Stride: 2)),
            builder.Add($"{name}.max_pool2d", Halving, input).Last);
    }

    private static void SevenBySeven(NetworkBuilder builder, string name, int channels, int narrow)
    {
        var input = builder.Last;
        builder.Add(
            $"{name}.cat", new Concatenation(),
            Branch(builder, name, input, channels, new Step("branch1x1", 192, 1)),
            Branch(
                builder, name, input, channels,
                new Step("branch7x7_1", narrow, 1), new Step("branch7x7_2", narrow, (1, 7)), new Step("branch7x7_3", 192, (7, 1))),
            Branch(
                builder, name, input, channels,
                new Step("branch7x7dbl_1", narrow, 1), new Step("branch7x7dbl_2", narrow, (7, 1)), new Step("branch7x7dbl_3", narrow, (1, 7)),
                new Step("branch7x7dbl_4", narrow, (7, 1)), new Step("branch7x7dbl_5", 192, (1, 7))),
            PooledBranch(builder, name, input, channels, 192));
    }

    private static void SecondReduction(NetworkBuilder builder, string name, int input, int channels) => builder.Add(
        $"{name}.cat", new Concatenation(),
        Branch(builder, name, input, channels, new Step("branch3x3_1", 192, 1), new Step("branch3x3_2", 320, 3, Stride: 2)),
        Branch(
            builder, name, input, channels,
            new Step("branch7x7x3_1", 192, 1), new Step("branch7x7x3_2", 192, (1, 7)), new Step("branch7x7x3_3", 192, (7, 1)),
            new Step("branch7x7x3_4", 192, 3, Stride: 2)),
        builder.Add($"{name}.max_pool2d", Halving, input).Last);

    /// <summary>Here 1×3 and 3×1 stand side by side instead of one behind the other.</summary>
    private static void Spread(NetworkBuilder builder, string name, int channels)
    {
        var input = builder.Last;
        var one = Branch(builder, name, input, channels, new Step("branch1x1", 320, 1));
        var single = Branch(builder, name, input, channels, new Step("branch3x3_1", 384, 1));
        single = builder.Add(
            $"{name}.cat", new Concatenation(),
            Branch(builder, name, single, 384, new Step("branch3x3_2a", 384, (1, 3))),
            Branch(builder, name, single, 384, new Step("branch3x3_2b", 384, (3, 1)))).Last;
        var twice = Branch(builder, name, input, channels, new Step("branch3x3dbl_1", 448, 1), new Step("branch3x3dbl_2", 384, 3));
        twice = builder.Add(
            $"{name}.cat_1", new Concatenation(),
            Branch(builder, name, twice, 384, new Step("branch3x3dbl_3a", 384, (1, 3))),
            Branch(builder, name, twice, 384, new Step("branch3x3dbl_3b", 384, (3, 1)))).Last;
        builder.Add($"{name}.cat_2", new Concatenation(), one, single, twice, PooledBranch(builder, name, input, channels, 192));
    }

    private static void AuxiliaryHead(NetworkBuilder builder, string name, int channels, int classCount)
    {
        builder.Add($"{name}.avg_pool2d", new AveragePooling(5, 3));
        Convolve(builder, $"{name}.conv0", new Convolution(channels, 128, 1));
        Convolve(builder, $"{name}.conv1", new Convolution(128, 768, 5));
        builder
            .Add($"{name}.adaptive_avg_pool2d", new AdaptiveAveragePooling(1))
            .Add($"{name}.flatten", new Flatten())
            .Add($"{name}.fc", new Dense(768, classCount) { Initial = new Initializer.Normal(0.001) });
    }

    private static int PooledBranch(NetworkBuilder builder, string name, int input, int channels, int outputs)
    {
        var pooled = builder.Add($"{name}.avg_pool2d", new AveragePooling(3, 1, 1), input).Last;
        return Branch(builder, name, pooled, channels, new Step("branch_pool", outputs, 1));
    }

    private static int Branch(NetworkBuilder builder, string name, int input, int channels, params ReadOnlySpan<Step> steps)
    {
        foreach (var step in steps)
        {
            input = builder.AddBasicConvolution($"{name}.{step.Name}", input, step.ToConvolution(channels));
            channels = step.Channels;
        }
        return input;
    }

    private static void Convolve(NetworkBuilder builder, string name, Convolution convolution) =>
        builder.AddBasicConvolution(name, builder.Last, convolution with { Initial = Initial });

    /// <summary>A convolution of a branch. With stride 1 it keeps the size of its maps; with stride 2 it takes no padding.</summary>
    private readonly record struct Step(string Name, int Channels, Pair Size, int Stride = 1)
    {
        public Convolution ToConvolution(int inputs) => new(inputs, Channels, Size)
        {
            Stride = Stride,
            Padding = Stride == 1 ? (Size.Vertical / 2, Size.Horizontal / 2) : 0,
            Initial = Initial,
        };
    }
}
