using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Running;
using CnnViz.Sharding;

namespace CnnViz.Tests.Attacks;

/// <summary>A dataset measured in parts.</summary>
public sealed class RobustnessMergeTests : IDisposable
{
    private static readonly RobustnessOptions Options = new() { Epsilon = [0, 0.15], BatchSize = 8, Attack = new AttackOptions { Step = 4, RandomStart = true } };

    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Merged_shards_are_the_whole()
    {
        var whole = Measure(Options);
        var merged = RobustnessMerge.Merge([.. Part("3/3"), .. Part("1/3"), .. Part("2/3")]);
        Assert.Equal(whole.Select(Facts), merged.Select(Facts));
        Assert.All(merged, point => Assert.Null(point.Shard));
        Assert.True(whole[1].Robust < whole[0].Robust);
    }

    [Fact]
    public void What_makes_no_whole_is_refused()
    {
        var first = Part("1/2");
        Fails("ShardsMissing", first);
        Fails("ShardsDiffer", [.. first, .. first, .. Part("2/2")]);
        Fails("ShardsDiffer", [.. first, .. Part("2/3")]);
        Fails("ShardsDiffer", [.. first, .. Measure(Options with { Shard = new Shard(2, 2), Attack = Options.Attack with { Step = 5 } })]);
        Fails("ArgumentInvalid", Measure(Options with { First = 8 }));
    }

    private static void Fails(string errorId, IEnumerable<RobustnessPoint> points) =>
        Assert.Equal(errorId, Assert.Throws<CnnVizException>(() => RobustnessMerge.Merge(points)).ErrorId);

    private static string Facts(RobustnessPoint point) =>
        FormattableString.Invariant($"{point.Epsilon} {point.Count} {point.CleanCorrect} {point.Robust} {point.Lower:R} {point.Upper:R} {string.Join(' ', point.Classes)}");

    private IReadOnlyList<RobustnessPoint> Part(string shard) => Measure(Options with { Shard = Shard.Parse(shard) });

    private IReadOnlyList<RobustnessPoint> Measure(RobustnessOptions options)
    {
        using var run = new RobustnessRun(_digits.Model, Datasets.Digits().Test!.Subset(..44), options);
        Assert.True(Run.ToEnd(run, new RunOptions()));
        return run.Points();
    }
}
