using CnnViz.Networks;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using CnnViz.Reading.Saliency;

namespace CnnViz.Tests.Reading;

/// <summary>Where class activation maps are read: the last features with extent, as the methods' papers and pytorch-grad-cam's manual take them.</summary>
public sealed class LayerChoiceTests
{
    /// <summary>At 32 pixels layer4 has one place left, which shows nothing.</summary>
    [Fact]
    public void A_small_input_is_read_where_it_still_has_extent()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("resnet18")!.Build(), seed: 1);
        var options = new SaliencyOptions { Method = [SaliencyMethod.GradCam], Preprocessing = PreprocessingMode.Raw };
        var map = Assert.Single(SaliencyReader.Read(model, [new CnnImage(new float[3 * 32 * 32], 3, 32, 32)], options));
        Assert.Equal("layer3.1.relu_1", map.Layer);
        Assert.Equal([1, 2, 2], map.Shape);
        Assert.Contains("2×2", map.LayerReason);
        var error = Assert.Throws<CnnVizException>(() => SaliencyReader.Read(model, [map.Image], options with { Layer = ["layer4.1.relu_1"] }));
        Assert.Equal("LayerWithoutExtent", error.ErrorId);
    }

    [Theory]
    [InlineData("alexnet", "features.11", 256, 13)]
    [InlineData("vgg11", "features.19", 512, 14)]
    [InlineData("vgg16", "features.29", 512, 14)]
    [InlineData("vgg19", "features.35", 512, 14)]
    [InlineData("vgg16_bn", "features.42", 512, 14)]
    [InlineData("squeezenet1_0", "features.12.cat", 512, 13)]
    [InlineData("squeezenet1_1", "features.12.cat", 512, 13)]
    [InlineData("resnet18", "layer4.1.relu_1", 512, 7)]
    [InlineData("resnet50", "layer4.2.relu_2", 2048, 7)]
    [InlineData("resnet152", "layer4.2.relu_2", 2048, 7)]
    [InlineData("densenet121", "relu", 1024, 7)]
    [InlineData("densenet161", "relu", 2208, 7)]
    [InlineData("mobilenet_v2", "features.18.2", 1280, 7)]
    [InlineData("shufflenet_v2_x1_0", "conv5.2", 1024, 7)]
    [InlineData("googlenet", "inception5b.cat", 1024, 7)]
    [InlineData("inception_v3", "Mixed_7c.cat_2", 2048, 8)]
    [InlineData("xception", "relu_3", 2048, 10)]
    [InlineData("resnet20_cifar", "layer3.2.relu_1", 64, 8)]
    [InlineData("resnet56_cifar", "layer3.8.relu_1", 64, 8)]
    [InlineData("lenet5", "tanh2", 16, 10)]
    [InlineData("lenet5-1998", "c3.squash", 16, 10)]
    [InlineData("mnist-cnn", "relu2", 50, 8)]
    public void Each_architecture_has_its_layer(string architecture, string expected, int channels, int extent)
    {
        using var model = WithoutWeights(architecture);
        var choice = LayerChoice.Make(model, []);
        var position = Assert.Single(choice.Positions);
        Assert.Equal(expected, model.Network.Nodes[position].Name);
        Assert.Equal([channels, extent, extent], NetworkAnalysis.OutputShapes(model.Network, model.InputShape)[position]);
        Assert.Contains($"{extent}×{extent}", choice.Reason);
    }

    [Fact]
    public void Every_architecture_with_maps_has_a_layer_with_extent()
    {
        foreach (var architecture in Architectures.All.Where(architecture => architecture.Name != MnistMlp.Name))
        {
            using var model = WithoutWeights(architecture.Name);
            if (!model.Network.HasClasses)
                continue;
            var position = Assert.Single(LayerChoice.Make(model, []).Positions);
            var shape = NetworkAnalysis.OutputShapes(model.Network, model.InputShape)[position];
            Assert.True(shape is [> 1, > 1, > 1], $"{architecture.Name}: {model.Network.Nodes[position].Name} has shape {string.Join("×", shape)}.");
        }
    }

    [Fact]
    public void A_class_count_that_equals_the_maps_changes_nothing()
    {
        using var model = new CnnModel(Architectures.Find("squeezenet1_1")!.Build(512), []);
        Assert.Equal("features.12.cat", LayerChoice.Make(model, []).Names(model));
    }

    [Theory]
    [InlineData("mnist-mlp", "", "MethodUnsupported", "no layer")]
    [InlineData("resnet18", "fc", "LayerWithoutExtent", "layer4.1.relu_1")]
    [InlineData("googlenet", "aux1.conv.conv", "MethodUnsupported", "side branch")]
    [InlineData("resnet18", "layer9", "LayerNotFound", "nearest")]
    public void What_has_no_maps_is_refused(string architecture, string layer, string id, string message)
    {
        using var model = WithoutWeights(architecture);
        var error = Assert.Throws<CnnVizException>(() => LayerChoice.Make(model, layer.Length == 0 ? [] : [layer]));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void A_wildcard_takes_the_layers_that_have_maps()
    {
        using var model = WithoutWeights("resnet18");
        var names = LayerChoice.Make(model, ["*relu*", "conv1"]).Positions.Select(position => model.Network.Nodes[position].Name).ToArray();
        Assert.Contains("layer4.1.relu_1", names);
        Assert.Contains("conv1", names);
        Assert.Equal(names.Distinct(), names);
    }

    private static CnnModel WithoutWeights(string architecture) => new(Architectures.Find(architecture)!.Build(), []);
}
