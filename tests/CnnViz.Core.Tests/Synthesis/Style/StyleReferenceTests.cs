using System.Text.Json;
using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Style;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis.Style;

/// <summary>The losses of the thesis and of Gatys et al., and their gradient, are those of the same formulas in PyTorch.</summary>
public sealed class StyleReferenceTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "synthesis.json"))).RootElement;

    private static string Salt => Reference.GetProperty("salt").GetString()!;

    [Theory]
    [InlineData("content_thesis/features.8", StylePreset.Thesis000)]
    [InlineData("content_gatys/features.8", StylePreset.Gatys)]
    [InlineData("style_gatys/features.1", StylePreset.Gatys)]
    [InlineData("style_gatys/features.4", StylePreset.Thesis000)]
    [InlineData("style_gatys/features.9", StylePreset.Gatys)]
    [InlineData("style_gatys/features.14", StylePreset.Thesis000)]
    [InlineData("style_gatys/features.19", StylePreset.Gatys)]
    public void Losses_are_those_of_the_formulas(string name, StylePreset preset)
    {
        using var model = new CnnModel(Architectures.Find("vgg11")!.Build(), FormulaWeights.Of(Architectures.Find("vgg11")!.Build(), Salt));
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var layer = name[(name.IndexOf('/') + 1)..];
        SummedObjective objective = name.StartsWith("content", StringComparison.Ordinal) ? Content(model, layer, preset) : Style(model, layer, preset);
        var found = TensorTransfer.ToArray(objective.Value(Inputs(model, layer, "generated")))[0];
        var expected = Reference.GetProperty("style_losses").GetProperty("values").GetProperty(name).GetDouble();
        Assert.Equal(1, found / expected, 1e-4);
    }

    [Fact]
    public void Roughness_is_that_of_the_formula()
    {
        using var scope = NewDisposeScope();
        var found = new TotalVariation().Value(new ObjectiveInputs(FormulaWeights.Image("input/generated", [1, 3, 64, 64], Salt), new Dictionary<string, Tensor>()));
        Assert.Equal(1, TensorTransfer.ToArray(found)[0] / Reference.GetProperty("style_losses").GetProperty("values").GetProperty("tv/anisotropic_abs").GetDouble(), 1e-4);
    }

    [Fact]
    public void The_gradient_of_the_sum_is_that_of_PyTorch()
    {
        var expected = Reference.GetProperty("cases").GetProperty("style_gradient/vgg11");
        using var model = new CnnModel(Architectures.Find("vgg11")!.Build(), FormulaWeights.Of(Architectures.Find("vgg11")!.Build(), Salt));
        using var scope = NewDisposeScope();
        Objective sum;
        using (no_grad())
        {
            sum = new WeightedSum([
                (1, Content(model, "features.8", StylePreset.Gatys)),
                .. new[] { 1, 4, 9, 14, 19 }.Select(i => (1e3, (Objective)Style(model, $"features.{i}", StylePreset.Gatys))),
            ]);
        }
        var image = FormulaWeights.Image("input/generated", [1, 3, 64, 64], Salt).requires_grad_();
        var found = TensorTransfer.ToArray(new WholeGradient(model.Interpreter()).Of(image, image, image, sum, out _, default));
        double[] values = [.. expected.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
        var error = Math.Sqrt(expected.GetProperty("positions").EnumerateArray().Zip(values, (position, value) => Math.Pow(value - found[position.GetInt32()], 2)).Sum());
        Assert.True(error <= 1e-3 * Math.Sqrt(values.Sum(value => value * value)), $"The gradient deviates by {error}.");
        Assert.Equal(1, Math.Sqrt(found.Sum(value => (double)value * value)) / expected.GetProperty("l2").GetDouble(), 1e-3);
    }

    /// <summary>The mean of the squares of the differences of G / (C·H·W), by hand.</summary>
    [Fact]
    public void Neural_style_divides_by_the_number_of_values()
    {
        using var scope = NewDisposeScope();
        var maps = tensor([1f, 2, 3, 4], [1, 2, 1, 2]);
        var target = zeros([1, 2, 2]);
        var objective = new StyleObjective("layer", target, StyleForm.Of(StylePreset.NeuralStyle).StyleScale(target));
        var found = objective.Value(new ObjectiveInputs(zeros([1, 1, 1, 1]), new Dictionary<string, Tensor> { ["layer"] = maps }));
        var gram = new[] { 5.0, 11, 11, 25 };
        Assert.Equal(gram.Average(value => Math.Pow(value / 4, 2)), TensorTransfer.ToArray(found)[0], 1e-4);
    }

    [Fact]
    public void Parts_of_a_layer_add_up_to_the_whole()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var (maps, other) = (randn([1, 4, 6, 5], generator: generator), randn([1, 4, 6, 5], generator: generator));
        var mask = rand([1, 1, 6, 5], generator: generator);
        SummedObjective[] objectives = [new ContentObjective("layer", other, 0.5), new StyleObjective("layer", zeros([1, 4, 4]), 0.1), new StyleObjective("layer", ones([1, 4, 4]), 0.1, Mask: mask)];
        foreach (var objective in objectives)
        {
            var whole = objective.Value(objective.Sum(maps, 0), 30);
            var parts = objective.Value(objective.Sum(maps.narrow(2, 0, 2), 0) + objective.Sum(maps.narrow(2, 2, 4), 2), 30);
            Assert.Equal(1, TensorTransfer.ToArray(parts)[0] / TensorTransfer.ToArray(whole)[0], 1e-5);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maps_whose_channels_lie_side_by_side_are_the_same_maps(bool hasMask)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var maps = randn([2, 4, 6, 5], generator: generator).requires_grad_();
        var objective = new StyleObjective("layer", ones([1, 4, 4]), 0.1, Mask: hasMask ? rand([1, 1, 6, 5], generator: generator) : null);
        var usual = objective.Value(objective.Sum(maps, 0), 30);
        var sideBySide = objective.Value(objective.Sum(maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2), 0), 30);
        foreach (var (one, other) in TensorTransfer.ToArray(usual.detach()).Zip(TensorTransfer.ToArray(sideBySide.detach())))
            Assert.Equal(1, other / one, 1e-5);
        var (expected, found) = (autograd.grad([usual.sum()], [maps])[0], autograd.grad([sideBySide.sum()], [maps])[0]);
        Assert.True((found - expected).abs().max().item<float>() < 1e-5 * expected.abs().max().item<float>());
    }

    /// <summary>By hand: blue, green and red from 0 to 255, without the mean of ImageNet in that order.</summary>
    [Fact]
    public void Networks_of_Caffe_see_blue_green_red_from_0_to_255()
    {
        const int Side = 32;
        double[] means = [103.939, 116.779, 123.68];
        var network = Architectures.Find("vgg11")!.Build();
        using var model = new CnnModel(network, FormulaWeights.Of(network, Salt)) { Preprocessing = Preprocessing.ImageNet().ToCaffe() };
        var (content, style) = (Picture(1), Picture(2));
        var options = new StyleOptions
        {
            Preset = StylePreset.NeuralStyle,
            StyleLayer = [new("features.1")],
            ContentWeight = 0,
            TotalVariationWeight = 0,
            Initialization = StyleStart.Content,
            Optimizer = SynthesisOptimizer.Adam,
            Step = 1,
        };
        var found = StyleTransfer.Make(model, content, [style], options, new RunOptions()).Images[0].Terms["Style"][0];

        using var scope = NewDisposeScope();
        var expected = 100 * TensorTransfer.ToArray((Gram(content) - Gram(style)).square().mean())[0];
        Assert.Equal(1, found / expected, 1e-4);

        Tensor Gram(CnnImage picture)
        {
            var levels = new float[picture.Data.Length];
            for (var i = 0; i < levels.Length; i++)
                levels[i] = (float)(255.0 * picture.Data[(2 - i / (Side * Side)) * Side * Side + i % (Side * Side)] - means[i / (Side * Side)]);
            var vectors = model.Interpreter().Run(tensor(levels, [1, 3, Side, Side]), network.Position("features.1"))[0].flatten(2);
            return vectors.bmm(vectors.transpose(1, 2)) / vectors.NumberOfElements;
        }

        static CnnImage Picture(int seed)
        {
            var random = new Random(seed);
            return new CnnImage([.. Enumerable.Range(0, 3 * Side * Side).Select(_ => random.NextSingle())], 3, Side, Side);
        }
    }

    private static ContentObjective Content(CnnModel model, string layer, StylePreset preset)
    {
        var target = Inputs(model, layer, "content")[layer];
        return new ContentObjective(layer, target, StyleForm.Of(preset).ContentScale(target));
    }

    private static StyleObjective Style(CnnModel model, string layer, StylePreset preset)
    {
        var vectors = Inputs(model, layer, "style")[layer].flatten(2);
        var target = vectors.bmm(vectors.transpose(1, 2)) / vectors.shape[2];
        return new StyleObjective(layer, target, StyleForm.Of(preset).StyleScale(target));
    }

    private static ObjectiveInputs Inputs(CnnModel model, string layer, string picture)
    {
        var input = FormulaWeights.Image($"input/{picture}", [1, 3, 64, 64], Salt);
        return new ObjectiveInputs(input, new Dictionary<string, Tensor> { [layer] = model.Interpreter().Run(input, model.Network.Position(layer))[0] });
    }
}
