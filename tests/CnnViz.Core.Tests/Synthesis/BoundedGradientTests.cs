using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Bounded;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>The gradient in parts is the gradient.</summary>
public sealed class BoundedGradientTests
{
    /// <summary>Networks, sizes and layers at different depths: strides, windows that reach beyond the edge, branches, shortcuts, shuffles.</summary>
    public static TheoryData<string, int, int, string[]> Networks => new()
    {
        { "squeezenet1_1", 97, 70, ["features.2", "features.4", "features.9.squeeze"] },
        { "squeezenet1_0", 101, 64, ["features.1", "features.12"] },
        { "resnet18", 75, 66, ["layer1", "layer2.0.conv1", "layer3"] },
        { "googlenet", 90, 80, ["conv1", "inception3b", "inception4a"] },
        { "densenet121", 70, 65, ["features.conv0", "features.denseblock1.denselayer3.conv2", "features.transition2.pool"] },
        { "mobilenet_v2", 83, 64, ["features.1", "features.4", "features.9"] },
        { "shufflenet_v2_x0_5", 67, 64, ["maxpool", "stage2", "stage3.1"] },
        { "alexnet", 99, 71, ["features.1", "features.5", "features.12"] },
        { "vgg11", 77, 52, ["features.1", "features.4", "features.12"] },
        { "inception_v3", 139, 99, ["Conv2d_2b_3x3", "Mixed_5c", "Mixed_6a"] },
        { "lenet5", 41, 37, ["conv1", "pool1"] },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void In_strips_and_segments_it_is_that_of_the_whole(string network, int height, int width, string[] layers)
    {
        using var model = CnnModel.CreateRandom(Architectures.Find(network)!.Build(), 3);
        var objective = new LayerObjective(layers[0], LayerMeasure.HalfSquare) + 0.5 * new ChannelObjective(layers[1], 1)
            + 3 * new LayerObjective(layers[^1], LayerMeasure.Norm) + -0.1 * new TotalVariation();
        foreach (var (cuts, strips) in new[] { (false, 3), (true, 1), (true, 4), (true, 7) })
            AssertSame(model, objective, 1, height, width, cuts, strips);
    }

    private static void AssertSame(CnnModel model, Objective objective, int count, int height, int width, bool hasCuts, int strips, double tolerance = 1e-5)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var values = rand([count, model.InputShape[0], height, width], generator: generator).requires_grad_();
        var whole = new WholeGradient(model).Of(values, values.alias(), Input(), objective, out var scores, default);
        var view = new ObjectiveView(model.Network, objective);
        var outline = new PassOutline(model.Interpreter(), [model.InputShape[0], height, width], [.. view.Nodes.Values], count, sizeof(float));
        var parts = new List<(Segment, int)>();
        var start = 0;
        foreach (var end in hasCuts ? outline.Cuts.Where(cut => cut < outline.Last).Append(outline.Last) : [outline.Last])
        {
            var segment = new Segment(outline, start, end);
            parts.Add((segment, Math.Min(strips, segment.MostStrips)));
            start = end;
        }
        var plan = new PassPlan(outline, parts, 0, 0, 0);
        var found = new BoundedPass(model.Interpreter(), plan, view, default).Gradient(values, values.alias(), Input(), objective, out var foundScores);
        for (var i = 0; i < count; i++)
            Assert.Equal(scores[i], foundScores[i], Math.Abs(scores[i]) * tolerance);
        var largest = whole.abs().max().item<float>();
        Assert.True(largest > 0);
        Assert.InRange((whole - found).abs().max().item<float>() / largest, 0, tolerance);

        Tensor Input() => (values * 2.0 - 1.0).to(model.DataType);
    }
}
