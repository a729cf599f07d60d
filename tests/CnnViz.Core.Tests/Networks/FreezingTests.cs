using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;

namespace CnnViz.Tests.Networks;

public sealed class FreezingTests
{
    private static readonly Network Small = SequentialNetwork.Build(
        ["conv 4 3x3 relu", "batchnorm", "maxpool 2", "conv 8 3x3 relu", "globalpool", "dropout 0.5", "dense 3"], [1, 12, 12]);

    [Theory]
    [InlineData("maxpool1", "conv1", "batchnorm1")]
    [InlineData("flatten1", "conv*", "batchnorm1")]
    [InlineData("dropout1", "conv*", "batchnorm1", "dropout1")]
    [InlineData("relu1", "conv1")]
    [InlineData("input", "conv2")]
    public void The_frozen_part_in_front_reaches_to_the_first_thing_that_changes(string expected, params string[] patterns) =>
        Assert.Equal(expected, Small.Nodes[Freezing.PrefixEnd(Freezing.Apply(Small, patterns))].Name);

    [Fact]
    public void A_block_s_name_stands_for_all_in_it()
    {
        var network = Freezing.Apply(Architectures.Find("mobilenet_v2")!.Build(2), ["features"]);
        Assert.Equal("flatten", network.Nodes[Freezing.PrefixEnd(network)].Name);
        Assert.Equal(1280 * 2 + 2, network.ParameterCount);
        var rest = Freezing.Behind(network, Freezing.PrefixEnd(network));
        Assert.Equal(["input", "classifier.0", "classifier.1"], rest.Nodes.Select(node => node.Name));
        Assert.Equal([1280], rest.InputShape);
    }

    [Fact]
    public void Normalisations_are_frozen_wherever_they_stand()
    {
        var network = Freezing.Apply(Architectures.Find("resnet18")!.Build(), [], normalizations: true);
        Assert.All(network.Nodes, node => Assert.Equal(node.Name.Contains("bn", StringComparison.Ordinal) || node.Name.EndsWith("downsample.1", StringComparison.Ordinal), node.Operation is Frozen));
    }

    [Fact]
    public void A_cut_is_never_made_inside_a_residual_block()
    {
        var network = Freezing.Apply(Architectures.Find("resnet18")!.Build(), ["conv1", "bn1", "layer1", "layer2.0.conv1", "layer2.0.bn1"]);
        Assert.Equal("layer1.1.relu_1", network.Nodes[Freezing.PrefixEnd(network)].Name);
    }

    [Fact]
    public void Auxiliary_heads_are_frozen_always()
    {
        var network = Freezing.Apply(Architectures.Find("googlenet")!.Build(), []);
        Assert.All(network.Nodes.Where(node => node.Name.StartsWith("aux", StringComparison.Ordinal)), node => Assert.IsType<Frozen>(node.Operation));
        Assert.Equal(0, Freezing.PrefixEnd(network));
    }

    [Fact]
    public void A_pattern_that_fits_nothing_is_an_error_with_the_nearest_names()
    {
        var error = Assert.Throws<CnnVizException>(() => Freezing.Apply(Small, ["conv1", "cnv2"]));
        Assert.Equal("LayerNotFound", error.ErrorId);
        Assert.Contains("conv2", error.Message, StringComparison.Ordinal);
    }
}
