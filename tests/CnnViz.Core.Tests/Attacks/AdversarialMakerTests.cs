using CnnViz.Attacks;
using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Reading;
using CnnViz.Reporting;
using CnnViz.Running;
using CnnViz.Training;

namespace CnnViz.Tests.Attacks;

/// <summary>Adversarial examples are judged as a user can save them.</summary>
public sealed class AdversarialMakerTests : IDisposable
{
    private static readonly AttackOptions Usual = new() { Epsilon = 0.2 };
    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Figures_are_those_of_the_file()
    {
        using var folder = new TemporaryFolder();
        foreach (var (example, digit) in _digits.Make(Usual, DigitAttacks.Digits(3)).Examples.Select((example, digit) => (example, digit)))
        {
            var path = folder[$"{digit}.png"];
            ImageExport.Save(example.Image, path);
            var read = NetworkInput.Read(_digits.Model, ImageSource.FromPath(path), PreprocessingMode.Auto).Images[0];
            Assert.True(read.IsNetworkInput);
            Assert.Equal(example.Adversarial.Data, read.Data);
            var answer = Predictor.Predict(_digits.Model, [read], new PredictionOptions { Top = 1 })[0][0];
            Assert.Equal(example.After.Class, answer.Class);
            Assert.Equal(example.Confidence, answer.Probability, 1e-6);
            Assert.Equal(example.Success, answer.Class != digit);
            Assert.Equal("New-AdversarialExample", read.Recipe?.Operation);
        }
    }

    [Fact]
    public void A_picture_that_is_not_attacked_is_an_error_of_its_own_and_others_go_on()
    {
        var digits = DigitAttacks.Digits(4);
        digits[1] = new CnnImage(digits[1].Data, 1, 28, 28) { Class = 7, Label = "7", Source = "one" };
        var outcome = _digits.Make(Usual with { Target = "2" }, digits);
        Assert.Equal([(1, "AlreadyMisread"), (2, "TargetIsPresent")], outcome.Failures.Select(failure => (failure.Picture, failure.Error.ErrorId)));
        Assert.Contains("takes this 7 for 1 already", outcome.Failures[0].Error.Message, StringComparison.Ordinal);
        Assert.Contains("-Force", outcome.Failures[0].Error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 3], outcome.Examples.Select(example => example.Before.Class));
        var forced = _digits.Make(Usual with { AttackMisread = true }, digits[1]);
        Assert.Empty(forced.Failures);
        Assert.True(forced.Examples[0].Success);
        Assert.Equal((7, "7"), (forced.Examples[0].Class, forced.Examples[0].Label));
        Assert.Equal(7, forced.Examples[0].Clean.Class);
    }

    [Fact]
    public void Random_targets_are_other_classes_and_do_not_depend_on_the_batch()
    {
        var digits = DigitAttacks.Digits(10);
        var options = Usual with { Target = "random", Step = 1, Seed = 4 };
        var together = _digits.Make(options, digits).Examples;
        Assert.All(together, example => Assert.NotEqual(example.Before.Class, example.Target));
        Assert.True(together.Select(example => example.Target).Distinct().Count() > 3);
        Assert.Equal(together[7].Target, _digits.Make(options, digits[7]).Examples[0].Target);
        Assert.NotEqual(together.Select(example => example.Target), _digits.Make(options with { Seed = 5 }, digits).Examples.Select(example => example.Target));
    }

    [Fact]
    public void One_picture_fools_several_networks()
    {
        using var other = ModelSource.Parse("lenet5-digits").Open();
        using (TorchSharp.torch.no_grad())
        {
            foreach (var weight in other.Weights.Values.Where(weight => weight.dtype == TorchSharp.torch.ScalarType.Float32))
                weight.mul_(0.9);
        }
        var outcome = AdversarialMaker.Make([_digits.Model, other], DigitAttacks.Digits(3), Usual with { Epsilon = 0.3 }, new RunOptions());
        foreach (var example in outcome.Examples)
        {
            Assert.Equal(2, example.ModelSuccess.Count);
            Assert.Equal(example.Success, example.ModelSuccess.All(errs => errs));
            Assert.Equal(example.ModelSuccess[1], Predictor.Predict(other, [example.Image], new PredictionOptions { Top = 1 })[0][0].Class != example.Clean.Class);
        }
        Assert.Contains(outcome.Examples, example => example.Success);
        using var stranger = ModelSource.Parse("lenet5").Open(new ModelImportOptions { ClassCount = 4 });
        Assert.Equal("ModelsDiffer", Assert.Throws<CnnVizException>(() => AdversarialMaker.Check([_digits.Model, stranger], Usual)).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() =>
            AdversarialMaker.Make([_digits.Model, other], DigitAttacks.Digits(1), Usual with { Method = AttackMethod.DeepFool }, new RunOptions())).ErrorId);
    }

    [Fact]
    public void Over_variations_it_fools_in_more_of_them()
    {
        var digits = DigitAttacks.Digits(6);
        string[] variation = ["rotate 25", "shift 2", "noise 0.05"];
        var options = Usual with { Epsilon = 0.15, Transformation = variation, SampleCount = 8, TrialCount = 60, Seed = 1 };
        var robust = _digits.Make(options, digits).Examples;
        var plain = _digits.Make(Usual with { Epsilon = 0.15 }, digits).Examples;
        Assert.All(plain, example => Assert.Null(example.TransformedSuccess));
        // Judged on fresh variations of the same kind.
        using var problem = _digits.Problem(6, epsilon: 0.15);
        var ofPlain = Verified.UnderTransformations(problem, [.. plain.Select(example => example.Adversarial)], Augmentation.Parse(variation), 60)!;
        Assert.True(robust.Average(example => example.TransformedSuccess) > ofPlain.Average() + 0.05,
            $"{robust.Average(example => example.TransformedSuccess)} and {ofPlain.Average()}");
    }

    [Fact]
    public void Jpeg_and_the_lattice_are_taken()
    {
        var examples = _digits.Make(Usual with { JpegQuality = 95, Quantize = true }, DigitAttacks.Digits(4)).Examples;
        Assert.Contains(examples, example => example.Success && example.SuccessAfterJpeg == true);
        Assert.All(_digits.Make(Usual with { Step = 1 }, DigitAttacks.Digits(1)).Examples, example => Assert.Null(example.SuccessAfterJpeg));
    }

    [Fact]
    public void Pictures_show_what_was_changed()
    {
        var example = _digits.Make(Usual, DigitAttacks.Digits(1)).Examples[0];
        Assert.Equal(example.Clean.Shape, example.Perturbation.Shape);
        var place = Array.FindIndex(example.Perturbation.Data, change => change != 0);
        Assert.Equal(Math.Clamp(0.5 + 10 * example.Perturbation.Data[place], 0, 1), example.PerturbationImage(10).Data[place], 1e-5);
        // As much as shows the largest change; a small one ten times.
        Assert.Equal(Math.Floor(0.5 / example.EpsilonAfterSave), example.Magnification);
        Assert.All(example.PerturbationImage().Data, value => Assert.InRange(value, 0, 1));
        Assert.Equal(10, _digits.Make(Usual with { Epsilon = 8.0 / 255 }, DigitAttacks.Digits(1)).Examples[0].Magnification);
        var picture = Picture.Of(example)!;
        Assert.Equal(example.Clean.Data, picture.Original!.Draw().Data);
        Assert.Equal(example.PerturbationImage().Data, picture.Between!.Draw().Data);
        Assert.StartsWith("change x2: 51/255", picture.Between.Caption, StringComparison.Ordinal);
        Assert.Equal(example.Adversarial.Data, picture.Draw().Data);
    }

    [Fact]
    public void Settings_are_compared_by_what_they_are()
    {
        var one = new AttackOptions { Transformation = ["rotate 30"], StepSize = 0.1 };
        Assert.Equal(one, new AttackOptions { Transformation = new List<string> { "rotate 30" }, StepSize = 0.1 });
        Assert.Equal(one.GetHashCode(), (one with { Transformation = ["rotate 30"] }).GetHashCode());
        Assert.NotEqual(one, one with { Transformation = ["rotate 20"] });
        Assert.NotEqual(one, one with { StepSize = null });
        Assert.NotEqual(one, one with { AttackMisread = true });
    }
}
