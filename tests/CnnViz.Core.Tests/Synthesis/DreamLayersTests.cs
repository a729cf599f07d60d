using CnnViz.Networks.Zoo;
using CnnViz.Synthesis.Dreaming;

namespace CnnViz.Tests.Synthesis;

/// <summary>The layers that a network dreams of.</summary>
public sealed class DreamLayersTests
{
    [Theory]
    [InlineData("googlenet", DreamPreset.Google2015, "inception4c")]
    [InlineData("inception_v3", DreamPreset.Keras, "Mixed_6b, Mixed_6c, Mixed_6d, Mixed_6e")]
    [InlineData("squeezenet1_1", DreamPreset.Google2015, "features.10.cat")]
    [InlineData("mobilenet_v2", DreamPreset.Google2015, "features.11.conv.3")]
    [InlineData("resnet50", DreamPreset.Google2015, "layer3.2.relu_2")]
    [InlineData("densenet121", DreamPreset.Google2015, "features.denseblock3")]
    [InlineData("vgg16", DreamPreset.Thesis004, "features.18")]
    [InlineData("vgg19_bn", DreamPreset.Google2015, "features.32")]
    [InlineData("lenet5", DreamPreset.Google2015, "tanh2")]
    public void A_network_dreams_of_a_layer_in_its_middle(string architecture, DreamPreset preset, string expected)
    {
        var layers = DreamLayers.Make(Architectures.Find(architecture)!.Build(), new DreamOptions { Preset = preset });
        Assert.Equal(expected, layers.Names);
        Assert.NotNull(layers.Reason);
    }

    [Fact]
    public void Named_layers_have_the_weights_that_they_were_given()
    {
        var network = Architectures.Find("googlenet")!.Build();
        var layers = DreamLayers.Make(network, new DreamOptions { Layer = ["inception4c", "inception3b"], LayerWeight = [1, 0.5] });
        Assert.Equal([("inception3b.cat", 0.5), ("inception4c.cat", 1)], layers.Weights);
        Assert.Null(layers.Reason);
        Assert.Equal(5, DreamLayers.Make(network, new DreamOptions { Layer = ["inception4?.cat"] }).Weights.Count);
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        var network = Architectures.Find("lenet5")!.Build();
        var layer = Assert.Throws<CnnVizException>(() => DreamLayers.Make(network, new DreamOptions { Layer = ["convv1"] }));
        Assert.Equal("LayerNotFound", layer.ErrorId);
        Assert.Contains("conv1", layer.Message, StringComparison.Ordinal);
        var channel = Assert.Throws<CnnVizException>(() => DreamLayers.Make(network, new DreamOptions { Layer = ["conv1"], Channel = [5, 6] }));
        Assert.Equal("IndexOutOfRange", channel.ErrorId);
        Assert.Contains("6 is out of range: there are 6", channel.Message, StringComparison.Ordinal);
        var weight = Assert.Throws<CnnVizException>(() => DreamLayers.Make(network, new DreamOptions { Layer = ["conv1"], LayerWeight = [1, 2] }));
        Assert.Equal("ArgumentInvalid", weight.ErrorId);
    }
}
