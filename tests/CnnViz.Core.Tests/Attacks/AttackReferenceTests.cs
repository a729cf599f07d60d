using System.Text.Json;
using CnnViz.Attacks;
using CnnViz.Networks;
using CnnViz.Networks.Zoo;
using CnnViz.Running;
using CnnViz.Runtime;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Attacks;

/// <summary>The gradient attacks give what torchattacks gives, pixel for pixel.</summary>
public sealed class AttackReferenceTests
{
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "attacks.json"))).RootElement;

    private static string Salt => Reference.GetProperty("salt").GetString()!;

    [Theory]
    [InlineData("FGSM", AttackMethod.Fgsm)]
    [InlineData("BIM", AttackMethod.Bim, 10, 2.0 / 255)]
    [InlineData("PGD", AttackMethod.Pgd, 10, 2.0 / 255)]
    [InlineData("MIFGSM", AttackMethod.MiFgsm, 10, 2.0 / 255)]
    [InlineData("PGDL2", AttackMethod.Pgd, 10, 0.2, 1.0, AttackNorm.L2)]
    [InlineData("PGD_targeted", AttackMethod.Pgd, 10, 2.0 / 255, 8.0 / 255, AttackNorm.Linf, true)]
    public void An_attack_is_torchattacks_own(
        string name, AttackMethod method, int? steps = null, double? stepSize = null, double epsilon = 8.0 / 255, AttackNorm norm = AttackNorm.Linf, bool isTargeted = false)
    {
        var expected = Reference.GetProperty("cases").GetProperty($"attack/{name}");
        var network = Architectures.Find("vgg11")!.Build();
        using var model = new CnnModel(network, FormulaWeights.Of(network, Salt)) { Preprocessing = Preprocessing.ImageNet(64) };
        using var scope = NewDisposeScope();
        var clean = TensorTransfer.ToManaged((FormulaWeights.Image("input/pixels", [2, 3, 64, 64], Salt) + 1) / 2, "NCHW");
        int[] labels = [.. Reference.GetProperty("adversarial_labels").EnumerateArray().Select(label => label.GetInt32())];
        int[] classes = isTargeted ? [.. labels.Select(label => (label + 1) % 1000)] : labels;
        using var problem = new AttackProblem([model], clean, classes, isTargeted) { Norm = norm, Epsilon = epsilon };
        using var attack = AttackMethods.Create(
            new AttackOptions { Method = method, Step = steps, StepSize = stepSize is { } length ? new Fraction(length) : null, Epsilon = epsilon, Norm = norm }, problem);
        Assert.True(Run.ToEnd(attack, new RunOptions()));
        var change = TensorTransfer.ToArray(attack.Candidates[0] - problem.Clean);
        if (name == "PGD_targeted" && IsDoublePrecisions(change, problem, FormulaWeights.Of(network, Salt)))
            return;
        Assert.Equal(expected.GetProperty("l2").GetDouble(), Math.Sqrt(change.Sum(value => (double)value * value)), 1e-3 * expected.GetProperty("l2").GetDouble());
        var pairs = Numbers(expected, "positions").Zip(Numbers(expected, "values")).ToArray();
        Assert.True(pairs.Count(pair => Math.Abs(change[(int)pair.First] - pair.Second) <= 1e-3) >= 0.99 * pairs.Length);
    }

    /// <summary>
    /// In the second of these steps a rectifier's input lies within rounding of 0, and with it the signs of 6 of 24,576
    /// values of the gradient, from which all that follows differs: torchattacks' float32 went the one way, double
    /// precision goes the other, and float32 here goes either, by the processor and by oneDNN.
    /// </summary>
    private static bool IsDoublePrecisions(float[] change, AttackProblem problem, Dictionary<string, Tensor> weights)
    {
        const double Epsilon = 8.0 / 255, StepSize = 2.0 / 255;
        using var scope = NewDisposeScope();
        var model = problem.Models[0];
        var exact = weights.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float64));
        var clean = problem.Clean.to(ScalarType.Float64);
        var pixels = clean.clone();
        for (var i = 0; i < 10; i++)
        {
            var image = pixels.clone().requires_grad_();
            var logits = new Interpreter(model.Network, exact).Run(model.Preprocessing.Normalize(image));
            var loss = nn.functional.cross_entropy(logits, problem.Classes);
            var moved = pixels - StepSize * BackwardPass.Gradient(loss, image).sign();
            pixels = (clean + (moved - clean).clamp(-Epsilon, Epsilon)).clamp(0, 1);
        }
        var expected = TensorTransfer.ToArray(pixels - clean);
        return expected.Zip(change).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    private static IEnumerable<double> Numbers(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble());
}
