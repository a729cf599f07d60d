using System.Text.Json;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using CnnViz.Reading.Faithfulness;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading.Faithfulness;

/// <summary>The figures are those of RISE's evaluation, pytorch-grad-cam and captum: tests/data/faithfulness.json has them for weights, a picture and noise made by one formula.</summary>
public sealed class FaithfulnessReferenceTests
{
    private const double Tolerance = 1e-3;

    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "faithfulness.json"))).RootElement;

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Deletion_and_insertion_are_those_of_rise(string name) => Explain(name, SaliencyMethod.Gradient, (explained, expected) =>
    {
        Assert.Equal(expected.GetProperty("pixel_step").GetInt32(), explained.PixelStep);
        var (deletion, insertion) = (PixelCurve.Delete(explained), PixelCurve.Insert(explained));
        AssertClose(Numbers(expected, "deletion"), [.. deletion.Select(point => point.Probability)]);
        AssertClose(Numbers(expected, "insertion"), [.. insertion.Select(point => point.Probability)]);
        AssertClose([expected.GetProperty("deletion_auc").GetDouble()], [PixelCurve.Area(deletion)]);
        AssertClose([expected.GetProperty("insertion_auc").GetDouble()], [PixelCurve.Area(insertion)]);
        Assert.Equal((0, 1), (deletion[0].Fraction, deletion[^1].Fraction));
    });

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Road_without_noise_is_that_of_pytorch_grad_cam(string name) => Explain(name, SaliencyMethod.Gradient, (explained, expected) =>
    {
        var road = RemoveAndDebias.Trace(explained, noise: 0);
        AssertClose(Numbers(expected, "road_most"), [.. road.Select(point => point.MostImportant)]);
        AssertClose(Numbers(expected, "road_least"), [.. road.Select(point => point.LeastImportant)]);
        Assert.InRange(RemoveAndDebias.Combine(road) - expected.GetProperty("road").GetDouble(), -1e-4, 1e-4);
    });

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Removed_pixels_are_filled_as_pytorch_grad_cam_fills_them(string name) => Explain(name, SaliencyMethod.Gradient, (explained, expected) =>
    {
        var kept = (explained.PixelCount - 1) / 10 + 1;
        var system = new LinearImputation(explained.Image.Height, explained.Image.Width, explained.Order.AsSpan(0, explained.PixelCount - kept));
        var picture = (float[])explained.Input.Clone();
        for (var plane = 0; plane < picture.Length; plane += explained.PixelCount)
            system.Fill(picture.AsSpan(plane, explained.PixelCount));
        AssertClose(Numbers(expected, "filled"), [.. Numbers(expected, "filled_positions").Select(position => (double)picture[(int)position])]);
    });

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Infidelity_is_captums(string name) => Explain(name, SaliencyMethod.Gradient, (explained, expected) =>
    {
        var found = InfidelityMeasure.Of(explained, Noise(expected))!.Value;
        AssertClose([expected.GetProperty("infidelity").GetDouble(), expected.GetProperty("infidelity_normalized").GetDouble()], [found.Unscaled, found.Scaled], 1e-2);
    });

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Infidelity_of_what_is_multiplied_by_the_input_is_captums(string name) => Explain(name, SaliencyMethod.Gradient, (gradient, expected) =>
    {
        float[] product = [.. gradient.Map.Values.Data.Zip(gradient.Input, (value, input) => value * input)];
        var found = InfidelityMeasure.Of(gradient, Noise(expected), InfidelityMeasure.Divided(product, gradient.Input));
        AssertClose(
            [expected.GetProperty("input_x_gradient_infidelity").GetDouble(), expected.GetProperty("input_x_gradient_infidelity_normalized").GetDouble()],
            [found.Unscaled, found.Scaled], 1e-2);
    });

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Sensitivity_is_captums(string name) => Explain(name, SaliencyMethod.Gradient, (explained, expected) =>
        AssertClose([expected.GetProperty("sensitivity_max").GetDouble()], [SensitivityMeasure.Of(explained, Noise(expected))]));

    private static void Explain(string name, SaliencyMethod method, Action<ExplainedScore, JsonElement> assert)
    {
        var expected = Reference.GetProperty("cases").GetProperty(name);
        using var model = new CnnModel(Architectures.Find(name)!.Build(), FormulaWeights.Of(Architectures.Find(name)!.Build(), Salt));
        var map = Assert.Single(SaliencyReader.Read(model, [new CnnImage(Formula(expected, expected.GetProperty("input").GetString()!), 3, 64, 64)], new SaliencyOptions
        {
            Method = [method],
            Target = [expected.GetProperty("target").GetRawText()],
            Preprocessing = PreprocessingMode.Raw,
        }));
        assert(Explained(model, map), expected);
    }

    private static ExplainedScore Explained(CnnModel model, SaliencyMap map) => new(map, model, new SaliencyMeasureOptions(), CancellationToken.None);

    private static string Salt => Reference.GetProperty("salt").GetString()!;

    private static IEnumerable<float[]> Noise(JsonElement expected)
    {
        var radius = (float)expected.GetProperty("noise_radius").GetDouble();
        return Enumerable.Range(0, expected.GetProperty("noise_count").GetInt32())
            .Select(sample => Array.ConvertAll(Formula(expected, FormattableString.Invariant($"noise/{sample}")), value => radius * value));
    }

    private static float[] Formula(JsonElement expected, string name)
    {
        using var scope = NewDisposeScope();
        return TensorTransfer.ToArray(FormulaWeights.Image(name, [.. expected.GetProperty("input_shape").EnumerateArray().Select(extent => extent.GetInt64())], Salt));
    }

    private static void AssertClose(double[] expected, double[] found, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        var error = Math.Sqrt(expected.Zip(found, (one, other) => Math.Pow(one - other, 2)).Sum());
        var norm = Math.Sqrt(expected.Sum(value => value * value));
        Assert.True(error <= tolerance * norm, $"Deviates by {error / norm:g3} of its norm: {string.Join(' ', found.Take(5))} instead of {string.Join(' ', expected.Take(5))}.");
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
