using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>The plain network for handwritten digits that PyTorch's and Caffe's first examples train: two convolutions, two dense layers.</summary>
public static class MnistCnn
{
    /// <summary>Its name.</summary>
    public const string Name = "mnist-cnn";

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds it for a 28×28 grey picture.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 10) => new NetworkBuilder()
        .Add("conv1", new Convolution(1, 20, 5))
        .Add("relu1", Relu)
        .Add("pool1", new MaxPooling(2))
        .Add("conv2", new Convolution(20, 50, 5))
        .Add("relu2", Relu)
        .Add("pool2", new MaxPooling(2))
        .Add("flatten", new Flatten())
        .Add("fc1", new Dense(50 * 4 * 4, 500))
        .Add("relu3", Relu)
        .Add("fc2", new Dense(500, classCount))
        .Build(Name, [1, 28, 28]);

    /// <summary>Pixels by the mean and deviation of MNIST's training pictures.</summary>
    public static Preprocessing Preprocessing { get; } = new() { Height = 28, Width = 28, Mean = [0.1307f], Deviation = [0.3081f] };
}
