using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Tests.Objectives;

/// <summary>Objectives of activations that can be computed by hand.</summary>
public sealed class ObjectiveTests
{
    [Fact]
    public void A_neuron_is_the_middle_one_unless_it_is_named()
    {
        Assert.Equal([4, 13], Values(new NeuronObjective("layer", 0)));
        Assert.Equal([2, 11], Values(new NeuronObjective("layer", 0, 0, 2)));
    }

    [Fact]
    public void A_channel_and_a_layer_are_means() => Assert.Equal([4, 13], Values(new ChannelObjective("layer", 0)));

    [Fact]
    public void Measures_of_a_layer_are_what_they_are_called()
    {
        Assert.Equal(102, Values(new LayerObjective("layer", LayerMeasure.HalfSquare))[0], 1e-4);
        Assert.Equal(204.0 / 9, Values(new LayerObjective("layer", LayerMeasure.MeanSquare))[0], 1e-4);
        Assert.Equal(Math.Sqrt(204), Values(new LayerObjective("layer", LayerMeasure.Norm))[0], 1e-4);
    }

    [Fact]
    public void Weights_and_sums_are_data()
    {
        var sum = 2 * new ChannelObjective("layer", 0) + -1 * new NeuronObjective("layer", 0);
        Assert.Equal([4, 13], Values(sum));
        Assert.Equal(["layer"], sum.Layers);
        Assert.Equal("2 * channel layer 0 + -1 * neuron layer 0", sum.ToString());
    }

    [Fact]
    public void Each_picture_can_have_its_own() =>
        Assert.Equal([4, 9], Values(new EachOwn([new ChannelObjective("layer", 0), new NeuronObjective("layer", 0, 0, 0)])));

    [Fact]
    public void A_direction_is_a_dot_product_and_the_cosine_sharpens_it()
    {
        using var scope = NewDisposeScope();
        var maps = tensor([3f, 4f], [1, 2, 1, 1]);
        Assert.Equal(3, Values(new DirectionObjective("layer", [1, 0]), maps)[0], 1e-5);
        Assert.Equal(3 * 0.6 * 0.6, Values(new DirectionObjective("layer", [1, 0], 2), maps)[0], 1e-5);
        Assert.Equal(-3 * 0.1, Values(new DirectionObjective("layer", [-1, 0], 1), maps)[0], 1e-5);
    }

    [Fact]
    public void Pictures_that_are_alike_are_less_diverse()
    {
        using var scope = NewDisposeScope();
        var same = tensor([1f, 0, 1, 0], [2, 2, 1, 1]);
        var apart = tensor([1f, 0, 0, 1], [2, 2, 1, 1]);
        Assert.Equal(-1, Values(new DiversityObjective("layer"), same).Sum(), 1e-5);
        Assert.Equal(0, Values(new DiversityObjective("layer"), apart).Sum(), 1e-5);
    }

    [Fact]
    public void Roughness_and_norms_are_of_the_picture()
    {
        using var scope = NewDisposeScope();
        var inputs = new ObjectiveInputs(tensor([0f, 1, 0.5f, 0.5f], [1, 1, 2, 2]), new Dictionary<string, Tensor>());
        Assert.Equal([2f], TensorTransfer.ToArray(new TotalVariation().Value(inputs)));
        Assert.Equal([1.5f], TensorTransfer.ToArray(new TotalVariation(IsSquared: true).Value(inputs)));
        Assert.Equal([0.5f], TensorTransfer.ToArray(new ImageNorm(2).Value(inputs)));
        Assert.Equal([0.5f], TensorTransfer.ToArray(new ImageNorm(double.PositiveInfinity).Value(inputs)));
    }

    [Fact]
    public void A_class_is_its_logit_or_its_log_probability()
    {
        using var scope = NewDisposeScope();
        var inputs = new ObjectiveInputs(zeros([1, 1, 1, 1]), new Dictionary<string, Tensor> { [Objective.Output] = tensor([1f, 1f], [1, 2]) });
        Assert.Equal([1f], TensorTransfer.ToArray(new ClassObjective(0).Value(inputs)));
        Assert.Equal(Math.Log(0.5), TensorTransfer.ToArray(new ClassObjective(0, IsProbability: true).Value(inputs))[0], 1e-6);
    }

    private static float[] Values(Objective objective)
    {
        using var scope = NewDisposeScope();
        return Values(objective, tensor([.. Enumerable.Range(0, 18).Select(i => (float)i)], [2, 1, 3, 3]));
    }

    private static float[] Values(Objective objective, Tensor maps) => TensorTransfer.ToArray(
        objective.Value(new ObjectiveInputs(zeros([maps.shape[0], 1, 1, 1]), new Dictionary<string, Tensor> { ["layer"] = maps })));
}
