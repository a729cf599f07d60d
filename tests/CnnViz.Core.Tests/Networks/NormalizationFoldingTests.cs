using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class NormalizationFoldingTests
{
    [Fact]
    public void The_plain_network_answers_as_the_normalised_one()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var random = CnnModel.CreateRandom(SmallVgg.BuildNormalized(5), seed: 1, preprocessing: SmallVgg.Preprocessing);
        using var model = new CnnModel(random.Network, random.Weights.ToDictionary(
            pair => pair.Key,
            pair => pair.Key.StartsWith("bn", StringComparison.Ordinal) && pair.Value.dtype == ScalarType.Float32
                ? (rand(pair.Value.shape, generator: generator) + 0.5).DetachFromDisposeScope()
                : pair.Value.clone().DetachFromDisposeScope()))
        {
            Name = "vgg9_bn-things",
            Labels = ["a", "b", "c", "d", "e"],
            Preprocessing = SmallVgg.Preprocessing,
        };

        using var plain = NormalizationFolding.Apply(model);

        Assert.Equal(("vgg9", "vgg9-things"), (plain.Architecture, plain.Name));
        Assert.Equal(model.Labels, plain.Labels);
        Assert.DoesNotContain(plain.Network.Nodes, node => node.Operation is BatchNormalization);
        var images = rand([3, 3, 64, 64], generator: generator);
        var expected = TensorTransfer.ToArray(model.Interpreter().Run(images));
        var scale = expected.Max(Math.Abs);
        Assert.Equal(expected, TensorTransfer.ToArray(plain.Interpreter().Run(images)), (one, other) => Math.Abs(one - other) < 1e-5 * scale);
    }

    [Fact]
    public void VGG_of_ImageNet_folds_too_and_what_has_no_plain_relative_is_refused()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("vgg11_bn")!.Build(2), seed: 1);
        using var plain = NormalizationFolding.Apply(model);
        Assert.Equal(Architectures.Find("vgg11")!.Build(2).Parameters.Select(parameter => parameter.Name), plain.Network.Parameters.Select(parameter => parameter.Name));

        using var lenet = CnnModel.CreateRandom(LeNet5.Thesis(), seed: 1);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => NormalizationFolding.Apply(lenet)).ErrorId);
    }
}
