using CnnViz.Networks;
using CnnViz.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class OperationTests
{
    /// <summary>One of each kind, for images of 6 maps; what is said of them must be what they do.</summary>
    public static TheoryData<string> Kinds => [.. Operations.Keys];

    private static readonly Dictionary<string, Operation> Operations = new()
    {
        ["rectangular convolution"] = new Convolution(6, 4, (1, 7)) { Padding = (0, 3) },
        ["convolution with steps of its own in each direction"] = new Convolution(6, 4, (5, 3)) { Stride = (3, 2), Padding = (1, 0), HasBias = false },
        ["depthwise convolution"] = new Convolution(6, 12, 3) { Stride = 2, Padding = 1, Groups = 6 },
        ["transposed convolution"] = new TransposedConvolution(6, 4, 3) { Stride = 2, Padding = 1, OutputPadding = 1 },
        ["rectangular transposed convolution"] = new TransposedConvolution(6, 4, (4, 5)) { Stride = (2, 3) },
        ["max-pooling"] = new MaxPooling(3, 2),
        ["max-pooling with padding"] = new MaxPooling(3, 2, 1),
        ["max-pooling beyond the edge"] = new MaxPooling(3, 2) { CeilMode = true },
        ["max-pooling with padding beyond the edge"] = new MaxPooling(2, 2, 1) { CeilMode = true },
        ["average pooling"] = new AveragePooling(3, 2, 1),
        ["adaptive average pooling"] = new AdaptiveAveragePooling(4),
        ["global average pooling"] = new AdaptiveAveragePooling(1),
        ["depthwise pooling"] = new DepthwisePooling(3),
        ["local response normalisation"] = new LocalResponseNormalization(5),
        ["shuffling"] = new ChannelShuffle(2),
        ["slice"] = new ChannelSlice(2, 3),
        ["shortcut"] = new ZeroPaddedShortcut(6, 12, 2),
        ["ReLU6"] = new Activation(ActivationFunction.Relu6),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_output_has_the_shape_that_was_said(string kind)
    {
        using var scope = NewDisposeScope();
        foreach (var (height, width) in new[] { (13, 14), (14, 13), (8, 9), (9, 8), (16, 15) })
        {
            var network = new NetworkBuilder().Add("it", Operations[kind]).Build(kind, [6, height, width]);
            var output = new Interpreter(network, FormulaWeights.Of(network, kind)).Run(FormulaWeights.Image("image", [2, 6, height, width], kind));
            Assert.Equal([2, .. NetworkAnalysis.OutputShapes(network, [6, height, width])[1].Select(extent => (long)extent)], output.shape);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_sees_as_much_of_the_input_as_was_said(string kind)
    {
        using var scope = NewDisposeScope();
        const int Size = 24;
        // A convolution before, so that steps in the input are not those in the image.
        var network = new NetworkBuilder().Add("first", new Convolution(1, 6, 3) { Stride = 2, Padding = 1 }).Add("it", Operations[kind]).Build(kind, [1, Size, Size]);
        var weights = FormulaWeights.Of(network, kind).ToDictionary(pair => pair.Key, pair => pair.Value.abs());
        var image = FormulaWeights.Image("image", [1, 1, Size, Size], kind).abs().requires_grad_();
        var output = new Interpreter(network, weights).Run(image);
        var said = NetworkAnalysis.Layers(network).Single(layer => layer.Name == "it");
        var seen = 0;
        // The most that any value sees; a pooling's maximum lies anywhere in its window, so all that it could see is asked for.
        var pooling = network.Nodes[2].Operation is MaxPooling { Size: var size, Stride: var stride, Padding: var padding } max
            ? new NetworkBuilder().Add("first", network.Nodes[1].Operation).Add("it", new AveragePooling(size, stride, padding)).Build(kind, [1, Size, Size])
            : null;
        if (pooling is not null)
            output = new Interpreter(pooling, weights).Run(image);
        for (var y = 0; y < output.shape[2]; y++)
        {
            for (var x = 0; x < output.shape[3]; x++)
            {
                var gradient = TensorTransfer.ToManaged(autograd.grad([output.select(3, x).select(2, y).sum()], [image], retain_graph: true)[0]).Data;
                var touched = Enumerable.Range(0, gradient.Length).Where(i => gradient[i] != 0).ToArray();
                if (touched.Length > 0)
                    seen = Math.Max(seen, Math.Max(Extent(touched, i => i / Size), Extent(touched, i => i % Size)));
            }
        }
        if (said.ReceptiveField is { } field)
            Assert.Equal(field, seen);
        else
            Assert.Equal(Size, seen);
    }

    [Fact]
    public void A_transposed_convolution_is_uneven_where_its_stride_does_not_divide_its_kernel()
    {
        Assert.Equal([1, 1, 2, 1, 2, 1, 1], Spread(kernel: 3, stride: 2, length: 3));
        Assert.Equal([1, 1, 2, 2, 2, 2, 1, 1], Spread(kernel: 4, stride: 2, length: 3));

        static double[] Spread(int kernel, int stride, int length)
        {
            using var scope = NewDisposeScope();
            var network = new NetworkBuilder()
                .Add("up", new TransposedConvolution(1, 1, (1, kernel)) { Stride = (1, stride), HasBias = false }).Build("up", [1, 1, length]);
            return Values(new Interpreter(network, new Dictionary<string, Tensor> { ["up.weight"] = ones([1, 1, 1, kernel]) }).Run(ones([1, 1, 1, length])));
        }
    }

    [Fact]
    public void A_transposed_convolution_costs_as_much_as_the_convolution_that_it_reverses()
    {
        var down = new Convolution(3, 5, 3) { Stride = 2, Padding = 1 };
        var up = new TransposedConvolution(5, 3, 3) { Stride = 2, Padding = 1, OutputPadding = 1 };
        var small = down.OutputShape([[3, 12, 14]]);
        Assert.Equal([3, 12, 14], up.OutputShape([small]));
        Assert.Equal(down.MultiplyAdds(small), up.MultiplyAdds([3, 12, 14]));
    }

    [Fact]
    public void Local_response_normalisation_divides_by_the_squares_of_its_neighbours()
    {
        double[] values = [1, -2, 3, 4, -5];
        var found = Run(new LocalResponseNormalization(3, Alpha: 0.5, Beta: 0.75, Offset: 2), values, channels: 5);
        for (var i = 0; i < values.Length; i++)
        {
            var squares = Enumerable.Range(i - 1, 3).Where(j => j >= 0 && j < values.Length).Sum(j => values[j] * values[j]);
            Assert.Equal(values[i] / Math.Pow(2 + 0.5 * squares / 3, 0.75), found[i], 5);
        }
    }

    [Fact]
    public void Depthwise_pooling_takes_the_largest_of_each_group_of_maps() =>
        Assert.Equal([3, 5], Run(new DepthwisePooling(3), [1, 3, 2, 5, -1, 0], channels: 6));

    [Fact]
    public void Shuffling_deals_the_groups_out_in_turn() =>
        Assert.Equal([0, 3, 1, 4, 2, 5], Run(new ChannelShuffle(2), [0, 1, 2, 3, 4, 5], channels: 6));

    [Fact]
    public void The_shortcut_keeps_every_second_pixel_between_maps_of_zeros() =>
        Assert.Equal([0, 0, 0, 0, 1, 3, 7, 9, 0, 0, 0, 0], Run(new ZeroPaddedShortcut(1, 3, 2), [1, 2, 3, 4, 5, 6, 7, 8, 9], channels: 1));

    [Fact]
    public void ReLU6_ends_at_six() => Assert.Equal([0, 0.5, 6], Run(new Activation(ActivationFunction.Relu6), [-1, 0.5, 7], channels: 1));

    [Theory]
    [InlineData("rectangular convolution", 5, 9, 9)]
    [InlineData("convolution with steps of its own in each direction", 6, 2, 9)]
    [InlineData("transposed convolution", 4, 9, 9)]
    [InlineData("max-pooling", 6, 2, 2)]
    [InlineData("depthwise pooling", 7, 9, 9)]
    [InlineData("shuffling", 5, 9, 9)]
    [InlineData("slice", 4, 9, 9)]
    [InlineData("shortcut", 5, 9, 9)]
    public void What_does_not_fit_is_refused(string kind, int channels, int height, int width) =>
        Assert.Equal("ShapeMismatch", Assert.Throws<CnnVizException>(() => Operations[kind].OutputShape([[channels, height, width]])).ErrorId);

    [Fact]
    public void Maps_of_different_sizes_are_not_joined()
    {
        Assert.Equal([5, 4, 4], new Concatenation().OutputShape([[2, 4, 4], [3, 4, 4]]));
        Assert.Equal("ShapeMismatch", Assert.Throws<CnnVizException>(() => new Concatenation().OutputShape([[2, 4, 4], [2, 4, 5]])).ErrorId);
    }

    [Theory]
    [InlineData(false, 0.1)]
    [InlineData(true, 0.2)]
    public void He_normal_weights_have_the_deviation_of_their_fan(bool isFanOut, double deviation)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var weight = empty([50, 200, 1, 1]);
        new Initializer.HeNormal(isFanOut).Fill(weight, generator);
        Assert.Equal(deviation, weight.square().mean().sqrt().ToDouble(), 2);
    }

    private static int Extent(int[] indices, Func<int, int> coordinate) => indices.Max(coordinate) - indices.Min(coordinate) + 1;

    private static double[] Run(Operation operation, double[] values, int channels)
    {
        using var scope = NewDisposeScope();
        var side = (int)Math.Sqrt(values.Length / channels);
        var (height, width) = side * side * channels == values.Length ? (side, side) : (1, values.Length / channels);
        var network = new NetworkBuilder().Add("it", operation).Build("it", [channels, height, width]);
        var image = tensor([.. values.Select(value => (float)value)], [1, channels, height, width]);
        return Values(new Interpreter(network, new Dictionary<string, Tensor>()).Run(image));
    }

    private static double[] Values(Tensor tensor) => Array.ConvertAll(TensorTransfer.ToManaged(tensor).Data, value => (double)value);
}
