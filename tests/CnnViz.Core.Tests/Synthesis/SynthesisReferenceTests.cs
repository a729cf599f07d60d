using System.Text.Json;
using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>Syntheses do step for step what the same algorithms do in PyTorch, and spectra mean the pictures that lucent makes of them.</summary>
public sealed class SynthesisReferenceTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "synthesis.json"))).RootElement;

    private static string Salt => Reference.GetProperty("salt").GetString()!;

    [Fact]
    public void A_class_is_maximised_as_in_the_thesis() =>
        AssertSame("class_max/vgg11", new ClassObjective(3), 0.05, values => new Sgd(values) { Momentum = 0.9 });

    [Fact]
    public void A_filter_is_maximised_as_in_the_thesis() =>
        AssertSame("filter_max/vgg11", new ChannelObjective("features.8", 5), 0.1, values => new Adam(values) { WeightDecay = 1e-6 });

    /// <summary>
    /// Gradients of a whole layer's mean are nearly 0 in many places, where Adam's first steps go by their signs: PyTorch itself, on another processor,
    /// deviates from these figures by 4 %.
    /// </summary>
    [Fact]
    public void A_layer_is_maximised_as_in_the_thesis() =>
        AssertSame("layer_max/vgg11", new LayerObjective("features.8"), 0.1, values => new Adam(values) { WeightDecay = 1e-6 }, tolerance: 0.05);

    [Fact]
    public void A_dream_is_the_thesis_dream() =>
        AssertSame("deep_dream/vgg11", new LayerObjective("features.11", LayerMeasure.Norm), 0.01, values => new Sgd(values) { WeightDecay = 1e-4 });

    [Theory]
    [InlineData(64, 64)]
    [InlineData(48, 80)]
    public void A_spectrum_means_the_picture_that_lucid_makes_of_it(int height, int width)
    {
        var expected = Reference.GetProperty("fourier").GetProperty($"{height}x{width}");
        using var scope = NewDisposeScope();
        using var generator = new Generator(0);
        using var fourier = new FourierParameterization(1, 3, height, width, generator);
        using (no_grad())
            fourier.Values.copy_(FormulaWeights.Image($"spectrum/{height}x{width}", fourier.Values.shape, Salt) * 2);
        var found = TensorTransfer.ToArray(fourier.Image());
        foreach (var (position, value) in Numbers(expected, "positions").Zip(Numbers(expected, "values")))
            Assert.Equal(value, found[(int)position], 1e-5);
    }

    private static void AssertSame(string name, Objective objective, double stepSize, Func<Tensor, Optimizer> optimizer, double tolerance = 1e-3)
    {
        var expected = Reference.GetProperty("cases").GetProperty(name);
        var network = Architectures.Find("vgg11")!.Build();
        using var model = new CnnModel(network, FormulaWeights.Of(network, Salt));
        using var scope = NewDisposeScope();
        var start = TensorTransfer.ToManaged(FormulaWeights.Image("input/noise", [1, 3, 64, 64], Salt) * 0.1 + 0.65);
        using var stepper = new ImageStepper(name, model, new PixelParameterization(start), new SynthesisPlan
        {
            Objective = objective,
            Octaves = [new Octave(64, 64, expected.GetProperty("steps").GetInt32())],
            StepSize = stepSize,
            Optimizer = optimizer,
            IsRaw = true,
        });
        Assert.True(Run.ToEnd(stepper, new RunOptions()));
        var found = stepper.Pictures().Data;
        var values = Numbers(expected, "values");
        var error = Math.Sqrt(Numbers(expected, "positions").Zip(values, (position, value) => Math.Pow(value - found[(int)position], 2)).Sum());
        Assert.True(error <= tolerance * Math.Sqrt(values.Sum(value => value * value)), $"{name} deviates by {error}.");
        Assert.Equal(expected.GetProperty("l2").GetDouble(), Math.Sqrt(found.Sum(value => (double)value * value)), 0.1);
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
