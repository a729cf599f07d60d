using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Networks;
using CnnViz.Running;

namespace CnnViz.Tests.Attacks;

/// <summary>Accuracy under attack over a dataset.</summary>
public sealed class RobustnessRunTests : IDisposable
{
    private static readonly RobustnessOptions Options = new()
    {
        Epsilon = [0, 0.1, 0.3],
        BatchSize = 16,
        Attack = new AttackOptions { Step = 10, RandomStart = true },
    };

    private readonly DigitAttacks _digits = new();
    private readonly CnnDataset _data = Datasets.Digits().Test!.Subset(..40);

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Accuracy_falls_with_epsilon_and_its_parts_add_up()
    {
        var points = Measure(Options);
        Assert.Equal([0, 0.1, 0.3], points.Select(point => point.Epsilon));
        Assert.Equal(["none", "Pgd", "Pgd"], points.Select(point => point.Method));
        Assert.All(points, point => Assert.Equal(40, point.Count));
        Assert.Equal(points[0].CleanCorrect, points[0].Robust);
        Assert.True(points[0].Accuracy > 0.9);
        Assert.True(points[0].Robust > points[1].Robust && points[1].Robust > points[2].Robust);
        foreach (var point in points)
        {
            Assert.InRange(point.Accuracy, point.Lower, point.Upper);
            Assert.Equal(point.Count, point.Classes.Sum(part => part.Count));
            Assert.Equal(point.Robust, point.Classes.Sum(part => part.Robust));
            Assert.Equal((double)point.Robust / point.CleanCorrect, point.Withstood);
            Assert.Equal("Measure-CnnRobustness", point.Recipe.Operation);
        }
    }

    [Fact]
    public void Of_several_attacks_the_worst_counts()
    {
        // Without chance: what the second attack does to a picture does not depend on which others are left.
        var options = Options with { Epsilon = [0.15], Attack = Options.Attack with { RandomStart = false } };
        var one = Measure(options with { Method = [AttackMethod.Fgsm] })[0];
        var both = Measure(options with { Method = [AttackMethod.Fgsm, AttackMethod.Pgd] })[0];
        Assert.True(both.Robust <= Math.Min(one.Robust, Measure(options)[0].Robust));
        Assert.Equal("Fgsm+Pgd", both.Method);
    }

    [Fact]
    public void A_measurement_resumes_to_the_same()
    {
        using var folder = new TemporaryFolder();
        var run = new RunOptions { CheckpointPath = folder["robust.checkpoint"], Resume = true };
        var expected = Measure(Options);
        using var ended = new CancellationTokenSource();
        using (var first = new RobustnessRun(_digits.Model, _data, Options))
        {
            var progress = new Told(() => ended.Cancel());
            Assert.False(Run.ToEnd(first, run with { Cancellation = ended.Token, Progress = progress, ReportInterval = TimeSpan.Zero }));
            Assert.Equal(16, first.Points()[0].Count);
        }
        using var second = new RobustnessRun(_digits.Model, _data, Options);
        Assert.True(Run.ToEnd(second, run));
        Assert.Equal(expected.Select(point => point.Robust), second.Points().Select(point => point.Robust));
        using var other = new RobustnessRun(_digits.Model, _data, Options with { Attack = Options.Attack with { Step = 11 } });
        Assert.Equal("CheckpointMismatch", Assert.Throws<CnnVizException>(() => Run.ToEnd(other, run)).ErrorId);
    }

    [Fact]
    public void Pictures_are_the_first_or_drawn()
    {
        var first = Measure(Options with { Epsilon = [0], First = 10 })[0];
        Assert.Equal(10, first.Count);
        var drawn = Measure(Options with { Epsilon = [0], First = 10, Random = true })[0];
        Assert.NotEqual(first.Classes.Select(part => (part.Class, part.Count)), drawn.Classes.Select(part => (part.Class, part.Count)));
    }

    [Fact]
    public void Without_rounding_a_change_may_be_smaller_than_a_level()
    {
        var tiny = Options with { Epsilon = [0.002], First = 8 };
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => Measure(tiny)).ErrorId);
        Assert.Equal(8, Measure(tiny with { Unrounded = true })[0].Count);
    }

    [Fact]
    public void What_cannot_be_measured_is_said()
    {
        foreach (var options in new[]
        {
            Options with { Epsilon = [] }, Options with { Method = [] }, Options with { BatchSize = 0 }, Options with { Epsilon = [-0.1] },
            Options with { Epsilon = [1.5] }, Options with { Method = [AttackMethod.CarliniWagner] },
        })
            Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => Measure(options)).ErrorId);
        using var few = ModelSource.Parse("lenet5").Open(new ModelImportOptions { ClassCount = 4 });
        Assert.Equal("DatasetInvalid", Assert.Throws<CnnVizException>(() => new RobustnessRun(few, _data, Options)).ErrorId);
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(500, 1000, 0.4691, 0.5309)]
    public void The_interval_is_Wilson_s(int successes, int count, double lower, double upper)
    {
        var interval = WilsonInterval.Of(successes, count);
        Assert.Equal(lower, interval.Lower, 1e-4);
        Assert.Equal(upper, interval.Upper, 1e-4);
    }

    [Theory]
    [InlineData("0.03", 0.03)]
    [InlineData("8/255", 8.0 / 255)]
    [InlineData("1/2", 0.5)]
    public void A_fraction_is_a_number_or_a_quotient(string text, double value)
    {
        Assert.Equal(value, Fraction.Parse(text).Value, 1e-15);
        Assert.Equal(value, Fraction.Parse(Fraction.Parse(text).ToString()).Value, 1e-15);
    }

    [Theory]
    [InlineData("")]
    [InlineData("8/0")]
    [InlineData("8/255/2")]
    [InlineData("eight")]
    public void What_is_none_is_said(string text) => Assert.Contains("8/255", Assert.Throws<FormatException>(() => Fraction.Parse(text)).Message, StringComparison.Ordinal);

    private IReadOnlyList<RobustnessPoint> Measure(RobustnessOptions options)
    {
        using var run = new RobustnessRun(_digits.Model, _data, options);
        Assert.True(Run.ToEnd(run, new RunOptions()));
        return run.Points();
    }

    private sealed class Told(Action action) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => action();
    }
}
