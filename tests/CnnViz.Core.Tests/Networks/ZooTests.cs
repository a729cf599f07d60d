using System.Text.Json;
using CnnViz.Networks;
using CnnViz.Networks.Zoo;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

/// <summary>The zoo computes what torchvision computes: tests/data/zoo.json has its figures for weights that both make by one formula.</summary>
public sealed class ZooTests
{
    private const double Tolerance = 1e-3;

    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "zoo.json"))).RootElement;

    public static TheoryData<string> Names => [.. Reference.GetProperty("models").EnumerateObject().Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_and_input_gradients_are_torchvisions(string name)
    {
        var expected = Reference.GetProperty("models").GetProperty(name);
        var salt = Reference.GetProperty("salt").GetString()!;
        var network = Architectures.Find(name)!.Build();
        Assert.Equal(expected.GetProperty("parameters").GetInt64(), network.ParameterCount);
        Assert.Equal(expected.GetProperty("state_entries").GetInt32(), network.Parameters.Count);

        using var scope = NewDisposeScope();
        var image = FormulaWeights.Image($"input/{name}", Numbers<long>(expected, "input"), salt).requires_grad_();
        var logits = new Interpreter(network, FormulaWeights.Of(network, salt)).Run(image);
        var objective = (FormulaWeights.Image($"objective/{name}", [1000], salt) * logits.select(0, 0)).sum();
        var gradient = Values(autograd.grad([objective], [image])[0]);
        var values = Values(logits);

        AssertClose(Numbers<double>(expected, "logits_every_25th"), [.. values.Where((_, i) => i % 25 == 0)]);
        AssertClose([expected.GetProperty("logits_l2").GetDouble()], [Math.Sqrt(values.Sum(value => value * value))]);
        AssertClose(Numbers<double>(expected, "grad_values"), [.. Numbers<int>(expected, "grad_positions").Select(position => gradient[position])]);
        AssertClose([expected.GetProperty("grad_l2").GetDouble()], [Math.Sqrt(gradient.Sum(value => value * value))]);
    }

    private static double[] Values(Tensor tensor) => Array.ConvertAll(TensorTransfer.ToManaged(tensor).Data, value => (double)value);

    private static T[] Numbers<T>(JsonElement model, string property) => model.GetProperty(property).Deserialize<T[]>()!;

    private static void AssertClose(double[] expected, double[] found)
    {
        var difference = Math.Sqrt(expected.Zip(found, (e, f) => (e - f) * (e - f)).Sum()) / Math.Sqrt(expected.Sum(value => value * value));
        Assert.True(difference <= Tolerance, $"The relative error is {difference}.");
    }
}
