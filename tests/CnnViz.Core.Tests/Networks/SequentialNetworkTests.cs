using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Weights;

namespace CnnViz.Tests.Networks;

public sealed class SequentialNetworkTests
{
    /// <summary>The network for Fashion-MNIST of the lecture "Convolutional neural networks" (S. Ernst).</summary>
    private static readonly string[] Fashion =
    [
        "conv 64 7x7 same relu", "maxpool 2", "conv 128 3x3 same relu", "conv 128 3x3 same relu", "maxpool 2", "conv 256 3x3 same relu",
        "conv 256 3x3 same relu", "maxpool 2", "flatten", "dense 128 relu", "dropout 0.5", "dense 64 relu", "dropout 0.5", "dense 10",
    ];

    [Fact]
    public void The_lecture_s_network_has_Keras_shapes_and_parameters()
    {
        var network = SequentialNetwork.Build(Fashion, [1, 28, 28]);
        var layers = NetworkAnalysis.Layers(network).ToDictionary(layer => layer.Name);
        Assert.Equal([64, 28, 28], layers["conv1"].OutputShape);
        Assert.Equal([256, 3, 3], layers["maxpool3"].OutputShape);
        Assert.Equal((3200, 73_856, 295_040), (layers["conv1"].ParameterCount, layers["conv2"].ParameterCount, layers["dense1"].ParameterCount));
        Assert.Equal(1_413_834, network.ParameterCount);
        Assert.Equal(10, network.ClassCount);
        Assert.Equal(Fashion, network.Layers);
    }

    [Fact]
    public void The_lecture_s_dense_network_starts_as_He_et_al_propose()
    {
        using var model = SequentialModel.Create(
            ["flatten", "dropout 0.2", "dense 300 elu he", "dropout 0.2", "dense 100 elu he", "dropout 0.2", "dense 10"], [1, 28, 28], seed: 3);
        Assert.Equal(266_610, model.ParameterCount);
        var weights = model.GetParameter("dense1.weight").Data;
        Assert.Equal(Math.Sqrt(2.0 / 784), Math.Sqrt(weights.Average(weight => (double)weight * weight)), 0.001);
        Assert.All(model.GetParameter("dense1.bias").Data, bias => Assert.Equal(0, bias));
    }

    [Theory]
    [InlineData("conv 8 5x3 stride 2 pad 1 nobias elu", new[] { 8, 13, 14 })]
    [InlineData("deconv 4 4x4 stride 2 pad 1 tanh", new[] { 4, 56, 56 })]
    [InlineData("maxpool 3 stride 2 pad 1", new[] { 1, 14, 14 })]
    [InlineData("avgpool 2", new[] { 1, 14, 14 })]
    [InlineData("globalpool", new[] { 1 })]
    [InlineData("lrn 5 alpha 1e-3 beta 0.5 k 2", new[] { 1, 28, 28 })]
    [InlineData("batchnorm", new[] { 1, 28, 28 })]
    [InlineData("pad 2", new[] { 1, 32, 32 })]
    [InlineData("  Flatten ", new[] { 784 })]
    [InlineData("sigmoid", new[] { 1, 28, 28 })]
    public void Each_kind_of_layer_gives_its_shape(string layer, int[] expected)
    {
        var network = SequentialNetwork.Build([layer], [1, 28, 28]);
        Assert.Equal(expected, NetworkAnalysis.OutputShapes(network, network.InputShape)[^1]);
    }

    [Fact]
    public void Layers_are_called_by_their_words_and_numbers() => Assert.Equal(
        ["input", "conv1", "relu1", "relu2", "conv2", "relu3", "globalpool1", "flatten1"],
        SequentialNetwork.Build(["conv 2 3x3 relu", "relu6", "conv 2 3x3 relu6", "globalpool"], [1, 8, 8]).Nodes.Select(node => node.Name));

    [Fact]
    public void Depthwise_pooling_takes_the_largest_of_some_maps() =>
        Assert.Equal(4, SequentialNetwork.Build(["conv 8 3x3", "depthpool 2", "globalpool"], [3, 9, 9]).ClassCount);

    [Theory]
    [InlineData("konv 8 3x3", "'konv'", "nearest: conv")]
    [InlineData("conv 8", "the kernel", "7x7")]
    [InlineData("conv eight 3x3", "'eight'", "a whole number")]
    [InlineData("conv 8 3y3", "'3y3'", "height and width")]
    [InlineData("conv 8 3x3 rellu", "'rellu'", "nearest: relu")]
    [InlineData("conv 8 4x4 same", "'same'", "a kernel with a middle")]
    [InlineData("conv 8 3x3 stride 0", "'0'", "1 or more")]
    [InlineData("maxpool 2 2", "'2'", "stride, pad")]
    [InlineData("maxpool 2 pad 2", "pad", "at most half")]
    [InlineData("maxpool 40", "maxpool 40", "H of at least 40")]
    [InlineData("dropout 1", "'1'", "below 1")]
    [InlineData("flatten relu", "'relu'", "nothing more")]
    [InlineData("dense 10", "dense", "'flatten' or 'globalpool' before it")]
    [InlineData("pad 99999", "pad 99999", "at most 2147483647 values")]
    [InlineData("", "", "conv, deconv")]
    public void What_is_not_understood_is_named_with_what_is_expected(string layer, string found, string expected)
    {
        var error = Assert.Throws<CnnVizException>(() => SequentialNetwork.Build([layer], [1, 28, 28]));
        Assert.Equal("LayerInvalid", error.ErrorId);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_of_one_s_own_stand_in_the_first_convolution()
    {
        Kernel[] kernels = [Kernel.Parse("SobelX"), Kernel.Parse("SobelY")];
        using var model = SequentialModel.Create(["conv 2 3x3 same relu", "maxpool 2"], [3, 8, 8], kernels);
        var weights = model.GetParameter("conv1.weight");
        Assert.Equal([2, 3, 3, 3], weights.Shape);
        Assert.Equal(-2f / 3, weights.Data[3], 1e-6f);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => SequentialNetwork.Build(["conv 3 3x3"], [1, 8, 8], kernels)).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => SequentialNetwork.Build(["conv 2 5x5"], [1, 8, 8], kernels)).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => SequentialNetwork.Build(["flatten"], [1, 8, 8], kernels)).ErrorId);
    }

    [Fact]
    public void A_file_brings_the_list_of_layers_along()
    {
        using var folder = new TemporaryFolder();
        using var model = SequentialModel.Create(["conv 4 3x3 elu", "lrn 3", "globalpool", "dense 2"], [3, 12, 10], seed: 5, name: "mine", labels: ["cat", "dog"]);
        ModelFile.Save(model, folder["mine.safetensors"]);
        using var back = ModelFile.Load(folder["mine.safetensors"]);
        Assert.Equal(model.WeightsHash, back.WeightsHash);
        Assert.Equal(("mine", "sequential"), (back.Name, back.Architecture));
        Assert.Equal(model.Labels, back.Labels);
        Assert.Equal(model.InputShape, back.InputShape);
        Assert.Equal(model.Network.Nodes.Select(node => (node.Name, node.Operation.Type)), back.Network.Nodes.Select(node => (node.Name, node.Operation.Type)));
        Assert.Contains(back.Network.Nodes, node => node.Operation is Activation { Function: ActivationFunction.Elu });
    }

    [Theory]
    [InlineData(4, 28, 28)]
    [InlineData(1, 0, 28)]
    public void An_input_that_is_no_picture_is_refused(params int[] shape) =>
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => SequentialNetwork.Build(["flatten"], shape)).ErrorId);

    [Fact]
    public void As_many_labels_as_classes_are_needed() => Assert.Equal(
        "ArgumentInvalid", Assert.Throws<CnnVizException>(() => SequentialModel.Create(["globalpool", "dense 2"], [1, 8, 8], labels: ["one"])).ErrorId);
}
