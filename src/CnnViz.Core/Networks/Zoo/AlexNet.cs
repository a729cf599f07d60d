using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// AlexNet on one device, as torchvision has it: "One weird trick for parallelizing convolutional neural networks" (Krizhevsky 2014), the network of
/// 2012 without its local response normalisation.
/// </summary>
public static class AlexNet
{
    /// <summary>Its name.</summary>
    public const string Name = "alexnet";

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 1000) => new NetworkBuilder()
        .AddSequence(
            "features",
            new Convolution(3, 64, 11) { Stride = 4, Padding = 2 }, Relu, new MaxPooling(3, 2),
            new Convolution(64, 192, 5) { Padding = 2 }, Relu, new MaxPooling(3, 2),
            new Convolution(192, 384, 3) { Padding = 1 }, Relu,
            new Convolution(384, 256, 3) { Padding = 1 }, Relu,
            new Convolution(256, 256, 3) { Padding = 1 }, Relu, new MaxPooling(3, 2))
        .Add("avgpool", new AdaptiveAveragePooling(6))
        .Add("flatten", new Flatten())
        .AddSequence(
            "classifier",
            new Dropout(0.5), new Dense(256 * 6 * 6, 4096), Relu,
            new Dropout(0.5), new Dense(4096, 4096), Relu,
            new Dense(4096, classCount))
        .Build(Name, [3, 224, 224]);
}
