using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>
/// The residual networks for CIFAR-10 (He, Zhang, Ren and Sun 2015, 4.2): three stages of 16, 32 and 64 maps, and shortcuts without parameters.
/// Names and normalisation are those of the widely used weights of akamaster/pytorch_resnet_cifar10.
/// </summary>
public static class CifarResNet
{
    private const int Stages = 3;

    private static readonly Activation Relu = new(ActivationFunction.Relu);
    private static readonly Initializer He = new Initializer.HeNormal();

    /// <summary>Builds one of 6·depth + 2 layers.</summary>
    /// <param name="name">Its name, such as <c>resnet20_cifar</c>.</param>
    /// <param name="depth">The blocks of each stage.</param>
    /// <param name="classCount">The classes.</param>
    public static Network Build(string name, int depth, int classCount = 10)
    {
        var channels = 16;
        var builder = new NetworkBuilder()
            .Add("conv1", Convolution(3, channels))
            .Add("bn1", new BatchNormalization(channels))
            .Add("relu", Relu);
        for (var stage = 0; stage < Stages; stage++)
        {
            for (var i = 0; i < depth; i++)
            {
                Block(builder, $"layer{stage + 1}.{i}", channels, 16 << stage);
                channels = 16 << stage;
            }
        }
        return builder
            .Add("avg_pool2d", new AdaptiveAveragePooling(1))
            .Add("flatten", new Flatten())
            .Add("linear", new Dense(channels, classCount) { Initial = He })
            .Build(name, [3, 32, 32]);
    }

    private static void Block(NetworkBuilder builder, string name, int channels, int outputs)
    {
        var input = builder.Last;
        var stride = channels == outputs ? 1 : 2;
        var residual = builder
            .Add($"{name}.conv1", Convolution(channels, outputs, stride))
            .Add($"{name}.bn1", new BatchNormalization(outputs))
            .Add($"{name}.relu", Relu)
            .Add($"{name}.conv2", Convolution(outputs, outputs))
            .Add($"{name}.bn2", new BatchNormalization(outputs)).Last;
        var shortcut = stride == 1 ? input : builder.Add($"{name}.shortcut", new ZeroPaddedShortcut(channels, outputs, stride), input).Last;
        builder.Add($"{name}.add", new Addition(), residual, shortcut).Add($"{name}.relu_1", Relu);
    }

    private static Convolution Convolution(int inputs, int outputs, int stride = 1) =>
        new(inputs, outputs, 3) { Stride = stride, Padding = 1, HasBias = false, Initial = He };
}
