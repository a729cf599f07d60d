using CnnViz.Attacks;
using CnnViz.Reading;
using CnnViz.Running;

namespace CnnViz.Tests.Attacks;

/// <summary>What each method makes of digits.</summary>
public sealed class AttackMethodTests : IDisposable
{
    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    [Theory]
    [InlineData(AttackMethod.Fgsm, 0.3, 3)]
    [InlineData(AttackMethod.Bim, 0.2, 5)]
    [InlineData(AttackMethod.Pgd, 0.2, 5)]
    [InlineData(AttackMethod.MiFgsm, 0.2, 5)]
    [InlineData(AttackMethod.Square, 0.3, 5, 600)]
    [InlineData(AttackMethod.ApgdCe, 0.2, 5, 20)]
    [InlineData(AttackMethod.ApgdDlr, 0.2, 5, 20)]
    [InlineData(AttackMethod.Fab, 0.2, 5, 10)]
    [InlineData(AttackMethod.Ensemble, 0.2, 6, 20)]
    public void A_method_fools_within_epsilon_on_bytes(AttackMethod method, double epsilon, int least, int? steps = null)
    {
        var images = DigitAttacks.Digits(6);
        var examples = _digits.Make(new AttackOptions { Method = method, Epsilon = epsilon, Step = steps }, images).Examples;
        Assert.Equal(6, examples.Count);
        Assert.InRange(examples.Count(example => example.Success), least, 6);
        foreach (var (example, image) in examples.Zip(images))
        {
            Assert.Equal(example.Success, example.After.Class != image.Class);
            Assert.Equal(Math.Floor(255 * epsilon) / 255, Math.Max(example.EpsilonAfterSave, Math.Floor(255 * epsilon) / 255));
            AssertLevels(example);
            Assert.Equal(epsilon, example.Epsilon);
        }
    }

    [Theory]
    [InlineData(AttackMethod.Pgd, 3.0)]
    [InlineData(AttackMethod.ApgdCe, 3.0, 30)]
    [InlineData(AttackMethod.Fab, 3.0, 15)]
    [InlineData(AttackMethod.Square, 3.0, 1500)]
    [InlineData(AttackMethod.Ensemble, 3.0, 15)]
    public void In_L2_the_length_of_the_saved_change_is_within_epsilon(AttackMethod method, double epsilon, int? steps = null)
    {
        var examples = _digits.Make(new AttackOptions { Method = method, Norm = AttackNorm.L2, Epsilon = epsilon, Step = steps }, DigitAttacks.Digits(5)).Examples;
        Assert.All(examples, example => Assert.InRange(example.L2, 0, epsilon + 1e-6));
        Assert.InRange(examples.Count(example => example.Success), 4, 5);
    }

    [Theory]
    [InlineData(AttackMethod.Pgd, 40)]
    [InlineData(AttackMethod.MiFgsm, 10)]
    [InlineData(AttackMethod.ApgdCe, 30)]
    [InlineData(AttackMethod.ApgdDlr, 30)]
    [InlineData(AttackMethod.Fab, 30)]
    [InlineData(AttackMethod.CarliniWagner, 60)]
    [InlineData(AttackMethod.DeepFool, 50)]
    public void A_target_is_reached(AttackMethod method, int steps)
    {
        var examples = _digits.Make(new AttackOptions { Method = method, Target = "8", Epsilon = 0.35, Step = steps }, DigitAttacks.Digits(4)).Examples;
        Assert.InRange(examples.Count(example => example.Success), 3, 4);
        Assert.All(examples, example => Assert.Equal(example.Success, example.After.Class == 8));
        Assert.All(examples, example => Assert.Equal((8, "8"), (example.Target, example.TargetLabel)));
    }

    [Fact]
    public void Minimal_methods_find_all_and_smaller_changes_than_projected_gradients()
    {
        var images = DigitAttacks.Digits(6);
        var gradient = _digits.Make(new AttackOptions { Epsilon = 0.2 }, images).Examples;
        var plane = _digits.Make(new AttackOptions { Method = AttackMethod.DeepFool }, images).Examples;
        var search = _digits.Make(new AttackOptions { Method = AttackMethod.CarliniWagner, Step = 100 }, images).Examples;
        foreach (var examples in new[] { plane, search })
        {
            Assert.All(examples, example => Assert.True(example.Success));
            Assert.All(examples, example => Assert.Null(example.Epsilon));
            Assert.All(examples, AssertLevels);
        }
        Assert.InRange(plane.Average(example => example.L2), 0.1, 0.8 * gradient.Average(example => example.L2));
        Assert.InRange(search.Average(example => example.L2), 0.1, plane.Average(example => example.L2));
    }

    [Fact]
    public void Confidence_is_the_lead_of_the_wrong_class()
    {
        var options = new AttackOptions { Method = AttackMethod.CarliniWagner, Step = 60, SearchStep = 6, Confidence = 3 };
        foreach (var example in _digits.Make(options, DigitAttacks.Digits(3)).Examples)
        {
            Assert.True(example.Success);
            var answers = Predictor.Predict(_digits.Model, [example.Adversarial], new PredictionOptions { Top = 10 })[0];
            Assert.True(answers[0].Logit - answers.Single(answer => answer.Class == example.Clean.Class).Logit > 2.99);
        }
    }

    [Fact]
    public void Pixels_at_the_ends_of_their_range_move()
    {
        // A digit's ground is exactly 0 and its strokes have pixels of exactly 1.
        foreach (var method in new[] { AttackMethod.CarliniWagner, AttackMethod.DeepFool })
        {
            var example = _digits.Make(new AttackOptions { Method = method, Step = 50 }, DigitAttacks.Digits(1)).Examples[0];
            Assert.Contains(example.Clean.Data.Zip(example.Adversarial.Data), pair => pair.First == 0 && pair.Second > 0);
        }
    }

    [Fact]
    public void Of_several_runs_the_best_counts()
    {
        var images = DigitAttacks.Digits(8);
        var options = new AttackOptions { Method = AttackMethod.Fgsm, Epsilon = 0.12, Seed = 3 };
        var one = _digits.Make(options, images).Examples;
        var many = _digits.Make(options with { Restart = 10 }, images).Examples;
        Assert.All(one.Zip(many), pair => Assert.True(pair.Second.Success || !pair.First.Success));
        Assert.True(many.Sum(Doubt) < one.Sum(Doubt));

        double Doubt(AdversarialExample example) =>
            Predictor.Predict(_digits.Model, [example.Adversarial], new PredictionOptions { Top = 10 })[0].Single(answer => answer.Class == example.Clean.Class).Probability;
    }

    [Theory]
    [InlineData(AttackMethod.Pgd)]
    [InlineData(AttackMethod.Fgsm)]
    [InlineData(AttackMethod.MiFgsm)]
    [InlineData(AttackMethod.ApgdCe)]
    public void Without_a_gradient_it_is_said_what_to_try(AttackMethod method)
    {
        // So sure that the cross-entropy is exactly 0 in single precision, and its gradient with it.
        using var sure = new CnnModel(_digits.Model.Network, Enlarged(_digits.Model)) { Preprocessing = _digits.Model.Preprocessing };
        var options = new AttackOptions { Method = method, Epsilon = method == AttackMethod.ApgdCe ? 2.0 / 255 : 0.2, Step = 3 };
        var example = AdversarialMaker.Make([sure], DigitAttacks.Digits(1), options, new RunOptions()).Examples[0];
        Assert.Contains("gradient is 0", Assert.Single(example.Warnings), StringComparison.Ordinal);
        Assert.Contains("-Method Square", example.Warnings[0], StringComparison.Ordinal);
        Assert.Empty(_digits.Make(new AttackOptions { Epsilon = 0.2, Step = 3 }, DigitAttacks.Digits(1)).Examples[0].Warnings);
    }

    [Fact]
    public void What_methods_cannot_take_is_said()
    {
        foreach (var (options, name) in new (AttackOptions, string)[]
        {
            (new() { Norm = AttackNorm.L2, Epsilon = 28.1 }, "black to white"),
            (new() { Norm = AttackNorm.L2, Epsilon = 55, FullSize = true }, "black to white"),
            (new() { FullSize = true, Preprocessing = PreprocessingMode.None }, "FullSize"),
            (new() { Epsilon = 0.001 }, "1/255"),
            (new() { Epsilon = 1.5 }, "Epsilon"),
            (new() { Epsilon = 0 }, "Epsilon"),
            (new() { Epsilon = double.NaN }, "Epsilon"),
            (new() { Step = 0 }, "Step"),
            (new() { StepSize = -0.1 }, "StepSize"),
            (new() { Restart = 0 }, "Restart"),
            (new() { SampleCount = 0 }, "SampleCount"),
            (new() { JpegQuality = 101 }, "JpegQuality"),
            (new() { Preprocessing = PreprocessingMode.Raw }, "Preprocessing"),
            (new() { Transformation = ["turn 30"] }, "turn 30"),
        })
        {
            var error = Assert.Throws<CnnVizException>(() => _digits.Make(options, DigitAttacks.Digits(1)));
            Assert.Equal("ArgumentInvalid", error.ErrorId);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal("ClassUnknown", Assert.Throws<CnnVizException>(() => _digits.Make(new AttackOptions { Target = "zebra" }, DigitAttacks.Digits(1))).ErrorId);
    }

    /// <summary>The changed picture has whole levels in [0,1], and its figures are right.</summary>
    private static void AssertLevels(AdversarialExample example)
    {
        Assert.All(example.Adversarial.Data, value => Assert.Equal(Math.Round(255.0 * value), 255.0 * value, 1e-4));
        Assert.All(example.Adversarial.Data, value => Assert.InRange(value, 0, 1));
        var change = example.Adversarial.Data.Zip(example.Clean.Data, (changed, clean) => (double)changed - clean).ToArray();
        Assert.Equal(change.Max(Math.Abs), example.EpsilonAfterSave, 1e-6);
        Assert.Equal(Math.Sqrt(change.Sum(value => value * value)), example.L2, 1e-6);
        Assert.Equal(change.Count(value => value != 0), example.L0);
    }

    private static Dictionary<string, TorchSharp.torch.Tensor> Enlarged(CnnModel model)
    {
        var last = model.Network.Nodes.Last(node => model.Weights.ContainsKey($"{node.Name}.weight")).Name;
        return model.Weights.ToDictionary(pair => pair.Key, pair => (pair.Key.StartsWith($"{last}.", StringComparison.Ordinal) ? pair.Value * 1000.0 : pair.Value.clone()).DetachFromDisposeScope());
    }
}
