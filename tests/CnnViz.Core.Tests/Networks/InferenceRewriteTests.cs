using CnnViz.Networks;
using CnnViz.Networks.Operations;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class InferenceRewriteTests
{
    [Theory]
    [InlineData(3, 16, true)]
    [InlineData(3, 6, false)]
    [InlineData(1, 16, false)]
    public void TheLogitsAreTheSame(int channels, int maps, bool isChannelsLast)
    {
        var network = Build(channels, maps);
        using var scope = NewDisposeScope();
        using var model = CnnModel.CreateRandom(network, seed: 1);
        Disturb(model);
        var images = rand([2, channels, 12, 12], generator: new Generator(2));
        var expected = TensorTransfer.ToArray(model.Interpreter().Run(images));
        Assert.Equal(expected, TensorTransfer.ToArray(model.Run(images)), (one, other) => Math.Abs(one - other) < 1e-5);

        var rewritten = InferenceRewrite.Apply(network, model.Weights, out var folded);
        Assert.Equal(["bn1.bias", "bn1.weight", "bn2.bias", "bn2.weight"], folded.Keys.Order(StringComparer.Ordinal));
        Assert.All(rewritten.Nodes.Select(node => node.Operation).OfType<Convolution>(), convolution => Assert.Equal(isChannelsLast, convolution.IsChannelsLast));
        // The one behind the addition has no convolution to itself and stays.
        Assert.Single(rewritten.Nodes, node => node.Operation is BatchNormalization);
    }

    [Fact]
    public void ADisposedModelKeepsNothing()
    {
        var model = CnnModel.CreateRandom(Build(3, 16), seed: 1);
        using (NewDisposeScope())
            model.Run(zeros([1, 3, 12, 12]));
        model.Dispose();
        Assert.Equal("ModelDisposed", Assert.Throws<CnnVizException>(() => model.Run(zeros([1, 3, 12, 12]))).ErrorId);
    }

    /// <summary>Two convolutions with their normalisations, one that is added to its input and normalised after that, and a dense head.</summary>
    private static Network Build(int channels, int maps)
    {
        var builder = new NetworkBuilder()
            .Add("conv1", new Convolution(channels, maps, 3))
            .Add("bn1", new BatchNormalization(maps))
            .Add("relu1", new Activation(ActivationFunction.Relu));
        var shortcut = builder.Last;
        return builder
            .Add("conv2", new Convolution(maps, maps, 1))
            .Add("bn2", new BatchNormalization(maps))
            .Add("add", new Addition(), builder.Last, shortcut)
            .Add("bn3", new BatchNormalization(maps))
            .Add("pool", new MaxPooling(2))
            .Add("flatten", new Flatten())
            .Add("fc", new Dense(maps * 25, 10))
            .Build("test", [channels, 12, 12]);
    }

    /// <summary>Statistics and factors that are not the neutral ones of the start.</summary>
    private static void Disturb(CnnModel model)
    {
        using var generator = new Generator(3);
        foreach (var (name, parameter) in model.Weights.Where(weight => weight.Key.StartsWith("bn", StringComparison.Ordinal) && weight.Value.dtype == ScalarType.Float32))
            parameter.uniform_(0.5, 1.5, generator);
    }
}
