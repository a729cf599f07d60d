using System.Text.Json;
using CnnViz.Networks;
using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Synthesis;
using CnnViz.Tests.Networks;
using TorchSharp;
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

    /// <summary>
    /// Adam's first steps go by the signs of gradients that are nearly 0, and a rectifier whose input is nearly 0
    /// passes its gradient or not: rounding decides, and 20 steps enlarge what it decides. PyTorch's figures for the
    /// filter are 7.4 % from double precision, those for the layer 4 % from PyTorch's on another processor. What a
    /// step does is held to double precision below.
    /// </summary>
    [Fact]
    public void A_filter_is_maximised_as_in_the_thesis() =>
        AssertSame("filter_max/vgg11", new ChannelObjective("features.8", 5), 0.1, AdamOfTheThesis, tolerance: 0.1);

    /// <summary>As for the filter.</summary>
    [Fact]
    public void A_layer_is_maximised_as_in_the_thesis() =>
        AssertSame("layer_max/vgg11", new LayerObjective("features.8"), 0.1, AdamOfTheThesis, tolerance: 0.05);

    private static Adam AdamOfTheThesis(Tensor values) => new(values) { WeightDecay = 1e-6 };

    public static TheoryData<string, Objective> OfAdam => new()
    {
        { "filter_max/vgg11", new ChannelObjective("features.8", 5) },
        { "layer_max/vgg11", new LayerObjective("features.8") },
    };

    /// <summary>
    /// From wherever it stands, each step of 20 is Adam's in double precision. The gradient of a rectifier that
    /// rounding switches is worth 0.5 % of a gradient, and 2 % of a step leaves room for a few.
    /// </summary>
    [Theory]
    [MemberData(nameof(OfAdam))]
    public void Each_step_is_that_of_double_precision(string name, Objective objective)
    {
        const double StepSize = 0.1;
        using var scope = NewDisposeScope();
        using var model = Vgg11();
        using var stepper = Stepper(name, model, objective, StepSize, AdamOfTheThesis);
        var weights = model.Weights.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float64));
        var values = TensorTransfer.ToNative(stepper.Pictures()).to(ScalarType.Float64);
        using var adam = AdamOfTheThesis(values);
        var position = Objective.Position(model.Network, "features.8");
        while (!stepper.IsDone)
        {
            var before = TensorTransfer.ToNative(stepper.Pictures()).to(ScalarType.Float64);
            stepper.Step(CancellationToken.None);
            var step = TensorTransfer.ToNative(stepper.Pictures()).to(ScalarType.Float64) - before;

            values.copy_(before);
            var image = before.clone().requires_grad_();
            var maps = new Interpreter(model.Network, weights).Run(image, position)[0];
            var inputs = new ObjectiveInputs(image, new Dictionary<string, Tensor> { ["features.8"] = maps });
            adam.Step(-BackwardPass.Gradient(objective.Value(inputs).sum(), image), StepSize);
            var deviation = ((values - before - step).norm() / step.norm()).ToDouble();
            Assert.True(deviation < 0.02, $"step {stepper.CompletedSteps} of {name} deviates by {deviation}");
        }
    }

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
        using var model = Vgg11();
        using var scope = NewDisposeScope();
        using var stepper = Stepper(name, model, objective, stepSize, optimizer);
        Assert.True(Run.ToEnd(stepper, new RunOptions()));
        var found = stepper.Pictures().Data;
        var values = Numbers(expected, "values");
        var error = Math.Sqrt(Numbers(expected, "positions").Zip(values, (position, value) => Math.Pow(value - found[(int)position], 2)).Sum());
        Assert.True(error <= tolerance * Math.Sqrt(values.Sum(value => value * value)), $"{name} deviates by {error}.");
        Assert.Equal(expected.GetProperty("l2").GetDouble(), Math.Sqrt(found.Sum(value => (double)value * value)), 0.1);
    }

    private static CnnModel Vgg11()
    {
        var network = Architectures.Find("vgg11")!.Build();
        return new CnnModel(network, FormulaWeights.Of(network, Salt));
    }

    private static ImageStepper Stepper(
        string name, CnnModel model, Objective objective, double stepSize, Func<Tensor, Optimizer> optimizer)
    {
        using var scope = NewDisposeScope();
        var start = TensorTransfer.ToManaged(FormulaWeights.Image("input/noise", [1, 3, 64, 64], Salt) * 0.1 + 0.65);
        var steps = Reference.GetProperty("cases").GetProperty(name).GetProperty("steps").GetInt32();
        return new ImageStepper(name, model, new PixelParameterization(start), new SynthesisPlan
        {
            Objective = objective,
            Octaves = [new Octave(64, 64, steps)],
            StepSize = stepSize,
            Optimizer = optimizer,
            IsRaw = true,
        });
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
