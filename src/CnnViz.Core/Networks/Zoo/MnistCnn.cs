using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>The plain network for handwritten digits that PyTorch's and Caffe's first examples train: two convolutions, two dense layers.</summary>
public static class MnistCnn
{
    /// <summary>Its name.</summary>
    public const string Name = "mnist-cnn";

    /// <summary>The name of the smaller one, of PyTorch's tutorial on adversarial examples, which takes pixels as they are.</summary>
    public const string SmallName = "mnist-cnn-small";

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds it for a 28×28 grey picture.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 10) => Build(Name, 20, 50, 500, classCount);

    /// <summary>Builds the smaller one: 10 and 20 maps, 50 units; the dropout of its training is left out.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network BuildSmall(int classCount = 10) => Build(SmallName, 10, 20, 50, classCount);

    /// <summary>Pixels by the mean and deviation of MNIST's training pictures.</summary>
    public static Preprocessing Preprocessing { get; } = new() { Height = 28, Width = 28, Mean = [0.1307f], Deviation = [0.3081f] };

    private static Network Build(string name, int first, int second, int hidden, int classCount) => new NetworkBuilder()
        .Add("conv1", new Convolution(1, first, 5))
        .Add("relu1", Relu)
        .Add("pool1", new MaxPooling(2))
        .Add("conv2", new Convolution(first, second, 5))
        .Add("relu2", Relu)
        .Add("pool2", new MaxPooling(2))
        .Add("flatten", new Flatten())
        .Add("fc1", new Dense(second * 4 * 4, hidden))
        .Add("relu3", Relu)
        .Add("fc2", new Dense(hidden, classCount))
        .Build(name, [1, 28, 28]);
}
