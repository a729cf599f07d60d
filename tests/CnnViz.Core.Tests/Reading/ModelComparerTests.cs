using CnnViz.Networks.Zoo;
using CnnViz.Reading;

namespace CnnViz.Tests.Reading;

/// <summary>What comparisons of two models promise.</summary>
public sealed class ModelComparerTests
{
    private static readonly ModelComparisonOptions Usual = new();

    [Fact]
    public void A_checkpoint_without_names_answers_the_same_by_its_numbers()
    {
        using var nameless = Model(seed: 1);
        using var named = Named(seed: 1);
        foreach (var (reference, difference) in new[] { (nameless, named), (named, nameless) })
        {
            var comparison = Compare(reference, difference);
            Assert.False(comparison.IsChanged);
            Assert.Equal(0, comparison.ProbabilityChange!.Value, 6);
            Assert.Equal(comparison.Reference.Class, comparison.DifferenceMap.Target);
        }
    }

    [Fact]
    public void A_class_that_the_other_model_has_no_name_for_is_not_its_neighbour()
    {
        using var digits = Named(seed: 1);
        using var others = Model(seed: 1, [.. Enumerable.Range(0, 10).Select(i => $"other {i}")]);
        var comparison = Compare(digits, others);
        Assert.True(comparison.IsChanged);
        Assert.Null(comparison.ProbabilityChange);
    }

    [Fact]
    public void Tensors_as_they_stand_are_not_compared()
    {
        using var model = Model(seed: 1);
        var error = Assert.Throws<CnnVizException>(() => ModelComparer.Check(model, model, Usual with { Preprocessing = PreprocessingMode.Raw }));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
    }

    /// <summary>A picture that one network took as it stands goes on to another in the pipeline.</summary>
    [Fact]
    public void A_normalised_picture_that_a_network_cannot_take_is_an_error_with_its_shape()
    {
        using var grey = Model(seed: 1);
        using var color = CnnModel.CreateRandom(Architectures.Find("squeezenet1_1")!.Build(), seed: 1);
        var taken = NetworkInput.Prepare(grey, Picture(), PreprocessingMode.Raw);
        Assert.Same(taken, NetworkInput.Prepare(grey, taken));
        var error = Assert.Throws<CnnVizException>(() => ModelComparer.Prepare(grey, color, taken, PreprocessingMode.Auto));
        Assert.Equal("ShapeMismatch", error.ErrorId);
    }

    private static ModelComparison Compare(CnnModel reference, CnnModel difference) =>
        Assert.Single(ModelComparer.Compare(reference, difference, [ModelComparer.Prepare(reference, difference, Picture(), PreprocessingMode.Auto)], Usual));

    private static CnnModel Named(long seed) => Model(seed, ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]);

    private static CnnModel Model(long seed, string[]? labels = null)
    {
        var network = LeNet5.Thesis();
        using var generator = new TorchSharp.torch.Generator((ulong)seed);
        var weights = CnnModel.InitialWeights(network, generator);
        return labels is null ? new CnnModel(network, weights) : new CnnModel(network, weights) { Labels = labels };
    }

    private static CnnImage Picture()
    {
        var pixels = new float[28 * 28];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = i % 7 / 7f;
        return new CnnImage(pixels, 1, 28, 28);
    }
}
