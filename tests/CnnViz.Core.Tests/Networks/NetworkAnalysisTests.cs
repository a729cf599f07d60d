using CnnViz.Networks;
using CnnViz.Networks.Zoo;

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
}
