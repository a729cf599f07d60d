using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Networks;
using CnnViz.Running;

namespace CnnViz.Tests.Attacks;

/// <summary>Which model's examples fool which.</summary>
public sealed class TransferMeterTests : IDisposable
{
    private static readonly AttackOptions Attack = new() { Epsilon = 0.08, Step = 10 };
    private readonly DigitAttacks _digits = new();
    private readonly CnnModel _other = ModelSource.Parse("lenet5-digits").Open();

    public TransferMeterTests()
    {
        // A network of its own mind: the same one with less of its first filters.
        using var quiet = TorchSharp.torch.no_grad();
        _other.Weights["conv1.weight"].mul_(0.8);
    }

    public void Dispose()
    {
        _other.Dispose();
        _digits.Dispose();
    }

    [Fact]
    public void A_row_is_a_source_and_a_column_who_is_shown_its_examples()
    {
        var digits = Enumerable.Range(0, 30).Select(Datasets.Digits().Test!.GetImage).ToArray();
        AdversarialExample[] examples = [.. Made(_digits.Model, Attack, digits), .. Made(_other, Attack, digits)];
        var rates = TransferMeter.Measure(examples, [_digits.Model, _other], new TransferOptions { BatchSize = 7 });

        Assert.Equal(4, rates.Count);
        var names = rates.Take(2).Select(rate => rate.JudgedModel).ToArray();
        // Two networks of one name are told apart.
        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^lenet5-digits [0-9a-f]{6}$", name));
        Assert.Equal([names[0], names[0], names[1], names[1]], rates.Select(rate => rate.SourceModel));
        Assert.Equal([names[0], names[1], names[0], names[1]], rates.Select(rate => rate.JudgedModel));
        // Shown to its own model, an example fools where it succeeded.
        Assert.Equal(examples.Take(examples.Length / 2).Count(example => example.Success), rates[0].Fooled);
        Assert.Equal(examples.Count(example => ReferenceEquals(example.Model, _digits.Model)), rates[0].Count);
        Assert.True(rates[0].Rate > 0.3 && rates[1].Rate > 0 && rates[1].Rate <= rates[0].Rate, $"{rates[0].Rate} {rates[1].Rate}");
        Assert.All(rates, rate => Assert.InRange(rate.Rate, rate.Lower, rate.Upper + 1e-9));
        Assert.All(rates, rate => Assert.Equal(("Pgd", "Linf", (double?)0.08, false), (rate.Method, rate.Norm, rate.Epsilon, rate.IsTargeted)));
        Assert.Equal("Measure-CnnTransfer", rates[0].Recipe.Operation);
    }

    [Fact]
    public void Pictures_that_are_misread_before_do_not_count_and_a_target_has_to_be_reached()
    {
        var examples = Made(_digits.Model, Attack with { Target = "8", Epsilon = 0.3 }, DigitAttacks.Digits(4));
        var rate = Assert.Single(TransferMeter.Measure(examples, [_digits.Model], new TransferOptions()));
        Assert.True(rate.IsTargeted);
        Assert.Equal(4, rate.Count);
        Assert.Equal(examples.Count(example => example.After.Class == 8), rate.Fooled);

        // A network that always says 8 reads none of them rightly, so that there is nothing to fool.
        using var stubborn = ModelSource.Parse("lenet5-digits").Open();
        var last = stubborn.Weights.Keys.Last(name => name.EndsWith(".bias", StringComparison.Ordinal));
        using (TorchSharp.torch.no_grad())
            stubborn.Weights[last].narrow(0, 8, 1).add_(1e6);
        var none = Assert.Single(TransferMeter.Measure(examples, [stubborn], new TransferOptions()));
        Assert.Equal((0, 0), (none.Count, none.Fooled));
        Assert.True(double.IsNaN(none.Rate));
    }

    [Fact]
    public void Attacks_and_epsilons_are_sources_of_their_own_and_strangers_are_refused()
    {
        var digits = DigitAttacks.Digits(2);
        AdversarialExample[] examples =
        [
            .. Made(_digits.Model, Attack, digits), .. Made(_digits.Model, Attack with { Epsilon = 0.1 }, digits),
            .. Made(_digits.Model, Attack with { Method = AttackMethod.Fgsm }, digits), .. Made(_digits.Model, Attack with { Method = AttackMethod.DeepFool }, digits),
        ];
        var rates = TransferMeter.Measure(examples, [_digits.Model], new TransferOptions());
        Assert.Equal([("Pgd", 0.08), ("Pgd", 0.1), ("Fgsm", 0.08), ("DeepFool", null)], rates.Select(rate => (rate.Method, rate.Epsilon)));
        using var stranger = ModelSource.Parse("lenet5").Open(new ModelImportOptions { ClassCount = 4 });
        Assert.Equal("ModelsDiffer", Assert.Throws<CnnVizException>(() => TransferMeter.Measure(examples, [stranger], new TransferOptions())).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => TransferMeter.Measure(examples, [_digits.Model], new TransferOptions { BatchSize = 0 })).ErrorId);
    }

    private static IReadOnlyList<AdversarialExample> Made(CnnModel model, AttackOptions options, CnnImage[] images) =>
        AdversarialMaker.Make([model], images, options, new RunOptions()).Examples;
}
