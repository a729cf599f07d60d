using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Bounded;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>The gradient in parts is the gradient.</summary>
public sealed class BoundedGradientTests
{
    private const double Tolerance = 1e-5;

    /// <summary>Networks, sizes and layers at different depths: strides, windows that reach beyond the edge, branches, shortcuts, shuffles.</summary>
    public static TheoryData<string, int, int, string[]> Zoo => new()
    {
        { "squeezenet1_1", 97, 70, ["features.2", "features.4", "features.9.squeeze"] },
        { "squeezenet1_0", 101, 64, ["features.1", "features.12"] },
        { "resnet18", 75, 66, ["layer1", "layer2.0.conv1", "layer3"] },
        { "googlenet", 90, 80, ["conv1", "inception3b", "inception4a"] },
        { "densenet121", 70, 65, ["features.conv0", "features.denseblock1.denselayer3.conv2", "features.transition2.pool"] },
        { "mobilenet_v2", 83, 64, ["features.1", "features.4", "features.9"] },
        { "shufflenet_v2_x1_0", 67, 64, ["maxpool", "stage2", "stage3.1"] },
        { "alexnet", 99, 71, ["features.1", "features.5", "features.12"] },
        { "vgg11", 77, 52, ["features.1", "features.4", "features.12"] },
        { "inception_v3", 139, 99, ["Conv2d_2b_3x3", "Mixed_5c", "Mixed_6a"] },
        { "lenet5", 41, 37, ["conv1", "pool1"] },
    };

    /// <summary>Objectives of the little network below: those that know sums, and those that need a layer whole.</summary>
    public static TheoryData<Objective> Objectives => new(
        new ChannelObjective("d", 2),
        new ClassObjective(1),
        new ClassObjective(0, IsProbability: true),
        new NeuronObjective("b", 1),
        new NeuronObjective("e", 3, 0, 1) + new LayerObjective("e", LayerMeasure.HalfSquare),
        new DirectionObjective("c", [1, -2, 0.5f, 3], 2),
        new DiversityObjective("e") + 0.3 * new DiversityObjective("a"),
        new LayerObjective("g", LayerMeasure.MeanSquare) + new ImageNorm(),
        new LayerObjective(Objective.Output, LayerMeasure.HalfSquare) + new LayerObjective("join"),
        new EachOwn([new ChannelObjective("a", 0), new NeuronObjective("c", 1) + new ChannelObjective("c", 3), new LayerObjective("d", LayerMeasure.Norm) + -1 * new TotalVariation()]));

    [Theory]
    [MemberData(nameof(Zoo))]
    public void In_segments_and_strips_it_is_that_of_the_whole(string network, int height, int width, string[] layers)
    {
        using var model = CnnModel.CreateRandom(Architectures.Find(network)!.Build(), 3);
        var objective = new LayerObjective(layers[0], LayerMeasure.HalfSquare) + 0.5 * new ChannelObjective(layers[1], 1)
            + 3 * new LayerObjective(layers[^1], LayerMeasure.Norm) + -0.1 * new TotalVariation();
        foreach (var (isCut, strips) in new[] { (false, 3), (true, 1), (true, 4), (true, 7) })
            AssertSame(model, objective, 1, height, width, isCut, strips);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void It_is_so_for_every_objective_and_a_batch(Objective objective)
    {
        using var model = CnnModel.CreateRandom(Little(), 1);
        foreach (var (isCut, strips) in new[] { (false, 1), (true, 1), (true, 3), (true, 100) })
            AssertSame(model, objective, 3, 43, 31, isCut, strips);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    public void Windows_of_any_kind_stand_where_they_stand_in_the_whole(int height)
    {
        Operation[][] chains =
        [
            [new Convolution(3, 4, 4) { Padding = 1 }, new MaxPooling(2, 3), new Convolution(4, 4, 2) { Stride = 3, Padding = 1 }],
            [new MaxPooling(3, 2, 1) { CeilMode = true }, new AveragePooling(3, 2, 1), new Convolution(3, 4, 1) { Stride = 2 }],
            [new ConstantPadding(3, 0.7), new LocalResponseNormalization(2), new Convolution(3, 4, (5, 1)) { Padding = (2, 0), Stride = (2, 1) }],
            [new Subsampling(3), new ZeroPaddedShortcut(3, 6, 2), new ConstantPadding(2), new Activation(ActivationFunction.Elu)],
            [new Convolution(3, 4, 7) { Padding = 3, Stride = 4 }, new TransposedConvolution(4, 4, 3) { Stride = 2 }, new Convolution(4, 4, 3)],
            [new Convolution(3, 6, 3) { Groups = 3 }, new AdaptiveAveragePooling(5), new DepthwisePooling(2), new Activation(ActivationFunction.Relu6)],
        ];
        foreach (var chain in chains)
        {
            using var model = CnnModel.CreateRandom(new NetworkBuilder().AddSequence("n", chain).Build("chain", [3, 40, 30]), 2);
            var objective = new LayerObjective("n.0", LayerMeasure.HalfSquare) + new LayerObjective(Objective.Output, LayerMeasure.HalfSquare);
            foreach (var strips in new[] { 2, 5, 50 })
                AssertSame(model, objective, 1, height, 30, isCut: true, strips);
        }
    }

    [Fact]
    public void In_bfloat16_it_is_the_same_within_its_eight_bits()
    {
        using var model = CnnModel.CreateRandom(Little(), 1);
        model.ConvertTo(Precision.BFloat16);
        AssertSame(model, new LayerObjective("c", LayerMeasure.HalfSquare) + new LayerObjective("e", LayerMeasure.Norm) + new NeuronObjective("b", 1), 2, 44, 31, true, 3, 0.03);
    }

    [Fact]
    public void It_can_be_stopped_between_parts()
    {
        using var model = CnnModel.CreateRandom(Little(), 1);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => AssertSame(model, new ChannelObjective("d", 2), 1, 43, 31, true, 3, cancellation: stopped.Token));
    }

    /// <summary>Strides, a ceiling, an average with padding, a shortcut, a join, and a head that sees all.</summary>
    private static Network Little()
    {
        var relu = new Activation(ActivationFunction.Relu);
        var builder = new NetworkBuilder().AddSequence("start", new Convolution(3, 6, 3) { Padding = 1 }, new BatchNormalization(6)).Add("a", relu)
            .Add("b", new MaxPooling(3, 2) { CeilMode = true }).Add("conv", new Convolution(6, 4, 5) { Padding = 2 }).Add("c", relu);
        var shortcut = builder.Last;
        var added = builder.Add("d1", new Convolution(4, 4, 3) { Padding = 1 }).Add("d", new Activation(ActivationFunction.Tanh)).Last;
        var sum = builder.Add("sum", new Addition(), shortcut, added).Last;
        var pooled = builder.Add("pool", new AveragePooling(3, 1, 1)).Last;
        builder.Add("join", new Concatenation(), pooled, sum).Add("e", new Convolution(8, 5, 2) { Stride = 2 });
        return builder.Add("f", new AdaptiveAveragePooling(3)).Add("flatten", new Flatten()).Add("g", new Dense(45, 7)).Add("h", relu).Add("i", new Dense(7, 3))
            .Build("little", [3, 43, 31]);
    }

    private static void AssertSame(
        CnnModel model, Objective objective, int count, int height, int width, bool isCut, int strips, double tolerance = Tolerance, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var values = rand([count, model.InputShape[0], height, width], generator: generator).requires_grad_();
        var whole = new WholeGradient(model.Interpreter()).Of(values, values.alias(), Input(), objective, out var scores, default);
        var view = new ObjectiveView(model.Network, objective);
        var outline = new PassOutline(model.Interpreter(), [model.InputShape[0], height, width], [.. view.Nodes.Values], count, sizeof(float));
        var parts = new List<(Segment Segment, int Strips)>();
        foreach (var end in isCut ? outline.Cuts.Append(outline.Last) : [outline.Last])
        {
            var segment = new Segment(outline, parts.Count == 0 ? 0 : parts[^1].Segment.End, end);
            parts.Add((segment, Math.Min(strips, segment.MostStrips)));
        }
        var pass = new BoundedPass(model.Interpreter(), new PassPlan(outline, [.. parts], 0, 0, 0), view, cancellation);
        var found = pass.Gradient(values, values.alias(), Input(), objective, out var foundScores);
        for (var i = 0; i < count; i++)
            Assert.Equal(scores[i], foundScores[i], Math.Abs(scores[i]) * tolerance);
        var largest = whole.abs().max().item<float>();
        Assert.True(largest > 0);
        Assert.InRange((whole - found).abs().max().item<float>() / largest, 0, tolerance);

        Tensor Input() => (values * 2.0 - 1.0).to(model.DataType);
    }
}
