using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// GoogLeNet (Szegedy et al. 2014) with batch normalisation, as torchvision has it: modules of four branches side by side. Its two auxiliary heads are part
/// of the weights; the logits do not depend on them.
/// </summary>
public static class GoogLeNet
{
    /// <summary>Its name.</summary>
    public const string Name = "googlenet";

    private static readonly Initializer Initial = new Initializer.Normal(0.01);

    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 1000)
    {
        var builder = new NetworkBuilder();
        Convolve(builder, "conv1", 0, 3, 64, 7, stride: 2);
        builder.Add("maxpool1", Pooling(3));
        Convolve(builder, "conv2", builder.Last, 64, 64, 1);
        Convolve(builder, "conv3", builder.Last, 64, 192, 3);
        builder.Add("maxpool2", Pooling(3));
        Inception(builder, "inception3a", 192, 64, 96, 128, 16, 32, 32);
        Inception(builder, "inception3b", 256, 128, 128, 192, 32, 96, 64);
        builder.Add("maxpool3", Pooling(3));
        var first = Inception(builder, "inception4a", 480, 192, 96, 208, 16, 48, 64);
        Inception(builder, "inception4b", 512, 160, 112, 224, 24, 64, 64);
        Inception(builder, "inception4c", 512, 128, 128, 256, 24, 64, 64);
        var second = Inception(builder, "inception4d", 512, 112, 144, 288, 32, 64, 64);
        Inception(builder, "inception4e", 528, 256, 160, 320, 32, 128, 128);
        builder.Add("maxpool4", Pooling(2));
        Inception(builder, "inception5a", 832, 256, 160, 320, 32, 128, 128);
        var last = Inception(builder, "inception5b", 832, 384, 192, 384, 48, 128, 128);
        AuxiliaryHead(builder, "aux1", first, 512, classCount);
        AuxiliaryHead(builder, "aux2", second, 528, classCount);
        return builder
            .Add("avgpool", new AdaptiveAveragePooling(1), last)
            .Add("flatten", new Flatten())
            .Add("dropout", new Dropout(0.2))
            .Add("fc", new Dense(1024, classCount) { Initial = Initial })
            .Build(Name, [3, 224, 224]);
    }

    /// <summary>Branches of 1×1, 3×3 and again 3×3 (5×5 in the paper) convolutions, the latter two behind a 1×1 one, and of pooling.</summary>
    private static int Inception(
        NetworkBuilder builder, string name, int channels, int one, int threeNarrow, int three, int fiveNarrow, int five, int pooled)
    {
        var input = builder.Last;
        var first = Convolve(builder, $"{name}.branch1", input, channels, one, 1);
        var second = Convolve(builder, $"{name}.branch2.0", input, channels, threeNarrow, 1);
        second = Convolve(builder, $"{name}.branch2.1", second, threeNarrow, three, 3);
        var third = Convolve(builder, $"{name}.branch3.0", input, channels, fiveNarrow, 1);
        third = Convolve(builder, $"{name}.branch3.1", third, fiveNarrow, five, 3);
        var fourth = builder.Add($"{name}.branch4.0", new MaxPooling(3, 1, 1) { CeilMode = true }, input).Last;
        fourth = Convolve(builder, $"{name}.branch4.1", fourth, channels, pooled, 1);
        return builder.Add($"{name}.cat", new Concatenation(), first, second, third, fourth).Last;
    }

    private static void AuxiliaryHead(NetworkBuilder builder, string name, int input, int channels, int classCount)
    {
        builder.Add($"{name}.adaptive_avg_pool2d", new AdaptiveAveragePooling(4), input);
        Convolve(builder, $"{name}.conv", builder.Last, channels, 128, 1);
        builder
            .Add($"{name}.flatten", new Flatten())
            .Add($"{name}.fc1", new Dense(128 * 4 * 4, 1024) { Initial = Initial })
            .Add($"{name}.relu", new Activation(ActivationFunction.Relu))
            .Add($"{name}.dropout", new Dropout(0.7))
            .Add($"{name}.fc2", new Dense(1024, classCount) { Initial = Initial });
    }

    private static MaxPooling Pooling(int size) => new(size, 2) { CeilMode = true };

    private static int Convolve(NetworkBuilder builder, string name, int input, int channels, int outputs, int size, int stride = 1) =>
        builder.AddBasicConvolution(name, input, new Convolution(channels, outputs, size) { Stride = stride, Padding = size / 2, Initial = Initial });
}
