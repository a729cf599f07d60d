using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Tests.Objectives;

/// <summary>The way back of every objective, and those that can be computed in parts.</summary>
public sealed class ObjectiveGradientTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Layered => new(Objectives.Keys);

    public static TheoryData<string> InParts => new(Objectives.Where(pair => pair.Value is SummedObjective).Select(pair => pair.Key));

    public static TheoryData<string> OfPictures => new("tv squared", "tv", "imagenorm 2", "imagenorm 4", "imagenorm inf");

    private static Dictionary<string, Objective> Objectives { get; } = new Objective[]
    {
        new ChannelObjective("layer", 1),
        new NeuronObjective("layer", 2),
        new NeuronObjective("layer", 0, 4, 1),
        new LayerObjective("layer"),
        new LayerObjective("layer", LayerMeasure.Norm),
        new LayerObjective("layer", LayerMeasure.HalfSquare),
        new LayerObjective("layer", LayerMeasure.MeanSquare),
        new DirectionObjective("layer", [0.5f, -1, 2]),
        new DirectionObjective("layer", [0.5f, 1, 2], CosinePower: 2),
        new DiversityObjective("layer"),
        0.5 * new ChannelObjective("layer", 1) + -2 * new LayerObjective("layer", LayerMeasure.Norm),
    }.ToDictionary(objective => objective.ToString());

    [Theory]
    [MemberData(nameof(Layered))]
    public void A_gradient_is_what_small_steps_find(string name) =>
        AssertGradient(values => Objectives[name].Value(Inputs(zeros([2, 1, 1, 1]), values)), Positive(2, 3, 5, 4));

    [Fact]
    public void A_class_s_gradient_is_what_small_steps_find()
    {
        AssertGradient(values => new ClassObjective(1).Value(Output(values)), Positive(2, 4));
        AssertGradient(values => new ClassObjective(1, IsProbability: true).Value(Output(values)), Positive(2, 4));
    }

    [Theory]
    [MemberData(nameof(OfPictures))]
    public void A_gradient_of_the_picture_itself_is_what_small_steps_find(string name)
    {
        Objective objective = name.Split(' ') switch
        {
            ["tv", ..] => new TotalVariation(name.Contains("squared", StringComparison.Ordinal)),
            [_, "inf"] => new ImageNorm(double.PositiveInfinity),
            var words => new ImageNorm(double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)),
        };
        AssertGradient(values => objective.Value(new ObjectiveInputs(values, new Dictionary<string, Tensor>())), Positive(2, 3, 5, 4));
    }

    [Theory]
    [MemberData(nameof(InParts))]
    public void The_sum_of_the_parts_is_the_whole(string name)
    {
        using var scope = NewDisposeScope();
        var objective = (SummedObjective)Objectives[name];
        var maps = Positive(2, 3, 5, 4);
        var whole = objective.Value(Inputs(zeros([2, 1, 1, 1]), maps));
        var sum = objective.Sum(maps.narrow(2, 0, 2), 0) + objective.Sum(maps.narrow(2, 2, 1), 2) + objective.Sum(maps.narrow(2, 3, 2), 3);
        Assert.Equal(0, (objective.Value(sum, 20) - whole).abs().max().item<double>(), 1e-12);
    }

    private static void AssertGradient(Func<Tensor, Tensor> value, Tensor start)
    {
        using var scope = NewDisposeScope();
        var leaf = start.detach().requires_grad_();
        var gradient = autograd.grad([value(leaf).sum()], [leaf])[0].flatten(0);
        var flat = start.flatten(0);
        for (var i = 0; i < flat.NumberOfElements; i++)
        {
            using var inner = NewDisposeScope();
            Assert.Equal((At(i, Step) - At(i, -Step)) / (2 * Step), gradient.select(0, i).item<double>(), 1e-6);
        }

        double At(int index, double change)
        {
            var moved = flat.clone();
            moved.narrow(0, index, 1).add_(change);
            return value(moved.view(start.shape)).sum().item<double>();
        }
    }

    /// <summary>Numbers of double precision that are all different and far enough apart that no small step changes their order.</summary>
    private static Tensor Positive(params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, extent) => product * extent);
        return tensor([.. Enumerable.Range(0, count).Select(i => 0.1f + 0.9f * (i * 37 % count) / count)], shape).to(ScalarType.Float64);
    }

    private static ObjectiveInputs Inputs(Tensor image, Tensor maps) => new(image, new Dictionary<string, Tensor> { ["layer"] = maps });

    private static ObjectiveInputs Output(Tensor logits) => new(zeros([2, 1, 1, 1]), new Dictionary<string, Tensor> { [Objective.Output] = logits });
}
