using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class InterpreterTests
{
    /// <summary>A residual block: conv1 → relu1 → conv2, added to relu1.</summary>
    private static readonly Network Branching = BuildBranching();

    private static Network BuildBranching()
    {
        var builder = new NetworkBuilder().Add("conv1", new Convolution(1, 4, 3) { Padding = 1 }).Add("relu1", new Activation(ActivationFunction.Relu));
        var shortcut = builder.Last;
        builder.Add("conv2", new Convolution(4, 4, 3) { Padding = 1 });
        return builder.Add("add", new Addition(), builder.Last, shortcut).Add("pool", new MaxPooling(2)).Build("branching", [1, 6, 6]);
    }

    [Fact]
    public void Running_from_a_cut_gives_what_the_whole_run_gives()
    {
        using var scope = NewDisposeScope();
        using var model = CnnModel.CreateRandom(Branching, 1);
        using var generator = new Generator(2);
        var images = rand([2, 1, 6, 6], generator: generator);
        var interpreter = model.Interpreter();
        var whole = interpreter.Run(images);
        var relu = Branching.Position("relu1");
        var cut = interpreter.Run(images, relu)[0];
        var rest = interpreter.Run(new Dictionary<int, Tensor> { [relu] = cut }, Branching.Nodes.Count - 1)[0];
        Assert.Equal(TensorTransfer.ToArray(whole), TensorTransfer.ToArray(rest));
    }

    [Fact]
    public void A_run_stops_at_the_deepest_node_wanted()
    {
        using var scope = NewDisposeScope();
        using var model = CnnModel.CreateRandom(Branching, 1);
        var computed = new List<string>();
        var interpreter = new Interpreter(Branching, model.Weights)
        {
            Substitute = node =>
            {
                computed.Add(node.Name);
                return null;
            },
        };
        interpreter.Run(zeros([1, 1, 6, 6]), Branching.Position("relu1"));
        Assert.Equal(["conv1", "relu1"], computed);
    }

    [Fact]
    public void Operations_can_be_replaced_on_the_way()
    {
        using var scope = NewDisposeScope();
        using var model = CnnModel.CreateRandom(FourFilters.Build(), 0);
        var images = rand([1, 1, 28, 28]);
        var plain = model.Interpreter().Run(images, 2)[0];
        var negative = new Interpreter(model.Network, model.Weights)
        {
            Substitute = node => node.Operation is Activation ? new Activation(ActivationFunction.Tanh) : null,
        }.Run(images, 2)[0];
        Assert.True(plain.min().ToSingle() >= 0);
        Assert.True(negative.min().ToSingle() < 0);
    }

    [Fact]
    public void What_depends_on_an_input_that_is_not_given_is_an_error()
    {
        using var scope = NewDisposeScope();
        using var model = CnnModel.CreateRandom(Branching, 1);
        var error = Assert.Throws<InvalidOperationException>(() =>
            model.Interpreter().Run(new Dictionary<int, Tensor> { [Branching.Position("conv2")] = zeros([1, 4, 6, 6]) }, Branching.Position("add")));
        Assert.Contains("input", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_does_not_fit_together_is_refused_when_it_is_built()
    {
        var error = Assert.Throws<CnnVizException>(() =>
            new NetworkBuilder().Add("conv", new Convolution(3, 4, 3)).Build("wrong", [1, 8, 8]));
        Assert.Equal("ShapeMismatch", error.ErrorId);
        Assert.Contains("[3, H, W]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_layer_name_lists_the_nearest()
    {
        var error = Assert.Throws<CnnVizException>(() => LeNet5.Thesis().Position("conv3"));
        Assert.Equal("LayerNotFound", error.ErrorId);
        Assert.Matches("nearest: conv[12], conv[12],", error.Message);
        Assert.Equal(["conv1", "conv2"], LeNet5.Thesis().Match("conv?").Select(position => LeNet5.Thesis().Nodes[position].Name));
        Assert.Throws<CnnVizException>(() => LeNet5.Thesis().Match("layer*"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_hash()
    {
        using var first = CnnModel.CreateRandom(LeNet5.Thesis(), 4);
        using var second = CnnModel.CreateRandom(LeNet5.Thesis(), 4);
        using var third = CnnModel.CreateRandom(LeNet5.Thesis(), 5);
        Assert.Equal(first.WeightsHash, second.WeightsHash);
        Assert.NotEqual(first.WeightsHash, third.WeightsHash);
    }

    [Fact]
    public void A_disposed_model_says_so()
    {
        var model = CnnModel.CreateRandom(LeNet5.Thesis(), 4);
        model.Dispose();
        model.Dispose();
        Assert.Equal("ModelDisposed", Assert.Throws<CnnVizException>(() => model.Weights).ErrorId);
    }
}
