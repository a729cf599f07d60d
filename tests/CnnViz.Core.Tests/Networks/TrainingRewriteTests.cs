using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;
using CnnViz.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class TrainingRewriteTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(3)]
    public void The_rewritten_LeNet_has_the_same_output_and_gradients(int kernelSize)
    {
        using var scope = NewDisposeScope();
        var original = WithoutDropout(LeNet5.Thesis(kernelSize));
        var rewritten = TrainingRewrite.Apply(original);
        Assert.Single(rewritten.Nodes, node => node.Operation is PooledConvolution);
        Assert.Single(rewritten.Nodes, node => node.Operation is Convolution { IsChannelsLast: true });
        using var generator = new Generator(3);
        AssertSamePass(original, rewritten, rand([12, 1, 28, 28], generator: generator), tolerance: 2e-5);
    }

    [Fact]
    public void Pictures_with_hardly_any_contrast_give_what_the_plain_network_gives()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var original = Unpadded();
        AssertSamePass(original, TrainingRewrite.Apply(original), rand([12, 1, 28, 28], generator: generator) * 0.01 + 1.0, tolerance: 2e-3);
    }

    [Fact]
    public void Pictures_without_any_contrast_give_what_the_plain_network_gives()
    {
        using var scope = NewDisposeScope();
        var images = full([12, 1, 28, 28], 30.0);
        var classes = arange(0, 12, 1, ScalarType.Int64).clamp(max: 9);
        var original = Unpadded();
        var difference = Pass(original, images, classes)["logits"] - Pass(TrainingRewrite.Apply(original), images, classes)["logits"];
        Assert.InRange(difference.abs().max().ToDouble(), 0, 0.02);
    }

    private static Network Unpadded() => new NetworkBuilder()
        .Add("conv1", new Convolution(1, 6, 5))
        .Add("bn1", new BatchNormalization(6))
        .Add("pool1", new MaxPooling(2))
        .Add("flatten", new Flatten())
        .Add("fc", new Dense(6 * 12 * 12, 10))
        .Build("unpadded", [1, 28, 28]);

    private static void AssertSamePass(Network original, Network rewritten, Tensor images, double tolerance)
    {
        var classes = arange(0, images.shape[0], 1, ScalarType.Int64) / 1.3;
        var expected = Pass(original, images, classes.to(ScalarType.Int64));
        var found = Pass(rewritten, images, classes.to(ScalarType.Int64));
        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (name, value) in expected)
        {
            // Normalisation takes a convolution's bias out again: its gradient is nothing but rounding.
            if (name.StartsWith("conv", StringComparison.Ordinal) && name.EndsWith("bias", StringComparison.Ordinal))
                continue;
            var difference = (value - found[name]).square().sum().sqrt().ToDouble() / (value.square().sum().sqrt().ToDouble() + 1e-12);
            Assert.True(difference < tolerance, $"{name} differs by {difference}");
        }
    }

    [Fact]
    public void Two_dropouts_in_a_row_become_one_that_keeps_as_much()
    {
        var rewritten = TrainingRewrite.Apply(LeNet5.Thesis());
        var probabilities = rewritten.Nodes.Select(node => node.Operation).OfType<Dropout>().Select(dropout => dropout.Probability).ToArray();
        Assert.Equal(1 - 0.6 * 0.7, probabilities[0], 12);
        Assert.Equal(0, probabilities[1]);
    }

    [Theory]
    [InlineData("resnet18", 32)]
    [InlineData("vgg11_bn", 32)]
    [InlineData("vgg9_bn", 64)]
    [InlineData("squeezenet1_0", 49)]
    [InlineData("googlenet", 33)]
    [InlineData("shufflenet_v2_x1_0", 33)]
    public void A_rewritten_network_of_the_zoo_trains_as_the_original(string name, int size)
    {
        using var scope = NewDisposeScope();
        var original = WithoutDropout(WithoutClassifier(Architectures.Find(name)!.Build()));
        var rewritten = TrainingRewrite.Apply(original);
        // In double precision, where rounding does not decide which of two values is the larger.
        var images = FormulaWeights.Image("image", [4, 3, size, size + 7], name).to(ScalarType.Float64);
        var expected = Gradients(original, images, name);
        var found = Gradients(rewritten, images, name);
        var largest = expected.Values.Max(Norm);
        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (parameter, value) in expected)
        {
            var difference = Norm(value - found[parameter]);
            Assert.True(difference < 1e-8 * Norm(value) + 1e-10 * largest, $"{parameter} differs by {difference} of {Norm(value)}");
        }
    }

    /// <summary>VGG's hundred million dense weights show nothing that is not shown without them.</summary>
    private static Network WithoutClassifier(Network network) =>
        new(network.Architecture, network.InputShape, [.. network.Nodes.TakeWhile(node => !node.Name.StartsWith("classifier", StringComparison.Ordinal))]);

    /// <summary>The output and the gradients of a weighted sum of it, while training.</summary>
    private static Dictionary<string, Tensor> Gradients(Network network, Tensor images, string salt)
    {
        var weights = FormulaWeights.Of(network, salt)
            .ToDictionary(pair => pair.Key, pair => pair.Value.dtype == ScalarType.Float32 ? pair.Value.to(ScalarType.Float64) : pair.Value);
        string[] names = [.. network.Parameters.Where(parameter => parameter.Spec.IsTrainable).Select(parameter => parameter.Name)];
        foreach (var name in names)
            weights[name].requires_grad_();
        var output = new Interpreter(network, weights) { IsTraining = true }.Run(images);
        var objective = (output * FormulaWeights.Image("objective", output.shape, salt)).sum();
        var gradients = BackwardPass.FindGradients([objective], [.. names.Select(name => weights[name])]);
        var results = new Dictionary<string, Tensor> { ["output"] = output };
        for (var i = 0; i < names.Length; i++)
        {
            // None for those of auxiliary heads.
            if (gradients[i] is { } gradient)
                results[names[i]] = gradient;
        }
        return results;
    }

    private static double Norm(Tensor values) => values.square().sum().sqrt().ToDouble();

    private static Network WithoutDropout(Network network) =>
        new(network.Architecture, network.InputShape, [.. network.Nodes.Select(node => node.Operation is Dropout ? node with { Operation = new Dropout(0) } : node)]);

    /// <summary>Logits, gradients and running statistics after one pass, from the same start; some scales are negative.</summary>
    private static Dictionary<string, Tensor> Pass(Network network, Tensor images, Tensor classes)
    {
        using var generator = new Generator(5);
        var weights = CnnModel.InitialWeights(network, generator);
        weights["bn1.weight"].uniform_(-1, 1, generator);
        if (weights.TryGetValue("bn2.weight", out var second))
            second.uniform_(-1, 1, generator);
        weights["bn1.bias"].uniform_(-1, 1, generator);
        var names = network.Parameters.Where(parameter => parameter.Spec.IsTrainable && weights.ContainsKey(parameter.Name)).Select(parameter => parameter.Name).ToArray();
        foreach (var name in names)
            weights[name].requires_grad_();
        var logits = new Interpreter(network, weights) { IsTraining = true }.Run(images);
        var gradients = autograd.grad([nn.functional.cross_entropy(logits, classes)], [.. names.Select(name => weights[name])]);
        var results = new Dictionary<string, Tensor> { ["logits"] = logits };
        for (var i = 0; i < names.Length; i++)
            results[names[i]] = gradients[i];
        foreach (var buffer in network.Parameters.Where(parameter => parameter.Name.Contains("running", StringComparison.Ordinal)))
            results[buffer.Name] = weights[buffer.Name];
        return results;
    }
}
