using CnnViz.Networks;
using CnnViz.Networks.Zoo;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class NetworkAnalysisTests
{
    [Fact]
    public void LeNet_is_counted_as_by_hand()
    {
        var network = LeNet5.Thesis();
        var layers = NetworkAnalysis.Layers(network, batchSize: 2).ToDictionary(layer => layer.Name);
        Assert.Equal([6, 28, 28], layers["conv1"].OutputShape);
        Assert.Equal(6 * 25 + 6, layers["conv1"].ParameterCount);
        Assert.Equal(2L * 28 * 28 * 6 * 25, layers["conv1"].MultiplyAdds);
        Assert.Equal((5, 1), (layers["conv1"].ReceptiveField, layers["conv1"].Stride));
        Assert.Equal((6, 2), (layers["pool1"].ReceptiveField, layers["pool1"].Stride));
        Assert.Equal((14, 2), (layers["conv2"].ReceptiveField, layers["conv2"].Stride));
        Assert.Equal((16, 4), (layers["pool2"].ReceptiveField, layers["pool2"].Stride));
        Assert.Null(layers["fc1"].ReceptiveField);
        Assert.Equal([400], layers["flatten"].OutputShape);
        Assert.Equal(2L * 16 * 10 * 10 * sizeof(float), layers["conv2"].ActivationBytes);
        Assert.Equal(layers.Values.Sum(layer => layer.ParameterCount), network.ParameterCount);
        Assert.Equal(222_150, network.ParameterCount);
    }

    [Fact]
    public void The_network_of_1998_has_the_papers_connections()
    {
        var layers = NetworkAnalysis.Layers(LeNet5.Original()).ToDictionary(layer => layer.Name);
        Assert.Equal([6, 28, 28], layers["c1"].OutputShape);
        Assert.Equal([16, 10, 10], layers["c3"].OutputShape);
        // 60 of 96 connections: 6·3 + 9·4 + 6.
        Assert.Equal(10L * 10 * 60 * 25, layers["c3"].MultiplyAdds);
        Assert.Equal([120, 1, 1], layers["c5"].OutputShape);
        Assert.Equal(12, layers["s2"].ParameterCount);
        Assert.Equal([10], layers["output"].OutputShape);
        Assert.Equal(0, layers["output"].ParameterCount);
    }

    [Fact]
    public void Small_kernels_fit_too()
    {
        var shapes = NetworkAnalysis.Layers(LeNet5.Thesis(kernelSize: 3)).ToDictionary(layer => layer.Name, layer => layer.OutputShape);
        Assert.Equal([6, 30, 30], shapes["conv1"]);
        Assert.Equal([16, 6, 6], shapes["pool2"]);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => LeNet5.Thesis(kernelSize: 4)).ErrorId);
    }

    /// <summary>The figures, in thousand millions, that torchvision's documentation gives.</summary>
    [Theory]
    [InlineData("alexnet", 0.71)]
    [InlineData("vgg16", 15.47)]
    [InlineData("squeezenet1_1", 0.35)]
    [InlineData("googlenet", 1.50)]
    [InlineData("inception_v3", 5.71)]
    [InlineData("resnet18", 1.81)]
    [InlineData("resnet50", 4.09)]
    [InlineData("densenet121", 2.83)]
    [InlineData("mobilenet_v2", 0.30)]
    [InlineData("shufflenet_v2_x1_0", 0.14)]
    public void Multiply_adds_are_those_that_are_published(string name, double published)
    {
        var layers = NetworkAnalysis.Layers(Architectures.Find(name)!.Build());
        var counted = layers.Where(layer => layer.Type is "Conv2d" or "Linear" && !layer.Name.StartsWith("aux", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(counted.Sum(layer => layer.MultiplyAdds) / 1e9, published - 0.01, published + 0.01);
    }

    /// <summary>The figures of Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks" (Distill 2019).</summary>
    [Theory]
    [InlineData("alexnet", "features.12", 195, 32)]
    [InlineData("vgg16", "features.30", 212, 32)]
    [InlineData("inception_v3", "Mixed_7c.cat_2", 1311, 32)]
    public void Receptive_fields_are_those_that_are_published(string name, string layer, int field, int stride)
    {
        var found = NetworkAnalysis.Layers(Architectures.Find(name)!.Build()).Single(info => info.Name == layer);
        Assert.Equal((field, stride), (found.ReceptiveField, found.Stride));
    }

    [Theory]
    [InlineData("squeezenet1_0")]
    [InlineData("googlenet")]
    [InlineData("mobilenet_v2")]
    [InlineData("shufflenet_v2_x1_0")]
    [InlineData("resnet20_cifar")]
    public void Shapes_are_known_for_pictures_of_any_size(string name)
    {
        using var scope = NewDisposeScope();
        using var gradMode = no_grad();
        var network = Architectures.Find(name)!.Build(classCount: 7);
        const int Batch = 2;
        int[] input = [3, 97, 130];
        var layers = NetworkAnalysis.Layers(network, input, Batch);
        int[] positions = [.. Enumerable.Range(1, layers.Count)];
        var outputs = new Interpreter(network, FormulaWeights.Of(network, "shapes")).Run(FormulaWeights.Image("image", [Batch, 3, 97, 130], "shapes"), positions);
        for (var i = 0; i < layers.Count; i++)
        {
            Assert.Equal([Batch, .. layers[i].OutputShape.Select(extent => (long)extent)], outputs[i].shape);
            Assert.Equal(outputs[i].NumberOfElements * sizeof(float), layers[i].ActivationBytes);
        }
        Assert.Equal([7], layers[^1].OutputShape);
    }

    [Fact]
    public void An_auxiliary_head_that_a_small_picture_does_not_fit_keeps_its_rows()
    {
        var network = InceptionV3.Build();
        var layers = NetworkAnalysis.Layers(network, [3, 150, 150]);
        Assert.Empty(layers.Single(layer => layer.Name == "AuxLogits.fc").OutputShape);
        Assert.Equal(0, layers.Single(layer => layer.Name == "AuxLogits.conv1.conv").MultiplyAdds);
        Assert.Equal([1000], layers[^1].OutputShape);
        Assert.Equal(network.ParameterCount, layers.Sum(layer => layer.ParameterCount));
        Assert.Equal("ShapeMismatch", Assert.Throws<CnnVizException>(() => NetworkAnalysis.Layers(network, [3, 50, 50])).ErrorId);
    }
}
