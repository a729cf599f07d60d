using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// The network without convolutions that stands beside those with them in the article "Understanding CNNs through visualizations in PyTorch" (Habr 2019):
/// 784 pixels, two hidden layers of 512, dropout 0.2.
/// </summary>
public static class MnistMlp
{
    /// <summary>Its name.</summary>
    public const string Name = "mnist-mlp";

    private const int Hidden = 512;

    private static readonly Activation Relu = new(ActivationFunction.Relu);

    /// <summary>Builds it for a 28×28 grey picture.</summary>
    /// <param name="classCount">The classes.</param>
    public static Network Build(int classCount = 10) => new NetworkBuilder()
        .Add("flatten", new Flatten())
        .Add("fc1", new Dense(28 * 28, Hidden))
        .Add("relu1", Relu)
        .Add("dropout1", new Dropout(0.2))
        .Add("fc2", new Dense(Hidden, Hidden))
        .Add("relu2", Relu)
        .Add("dropout2", new Dropout(0.2))
        .Add("fc3", new Dense(Hidden, classCount))
        .Build(Name, [1, 28, 28]);
}
