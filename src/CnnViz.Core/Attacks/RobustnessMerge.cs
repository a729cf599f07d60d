using CnnViz.Sharding;

namespace CnnViz.Attacks;

/// <summary>Makes one point of those that several machines measured, each on its shard of the pictures.</summary>
public static class RobustnessMerge
{
    /// <summary>Adds up what the shards counted.</summary>
    /// <param name="points">Points with a <see cref="RobustnessPoint.Shard"/>, in any order; those of several models, datasets, attacks and ε may be mixed.</param>
    /// <returns>The points that one run over all pictures gives, in the order in which they first came.</returns>
    /// <exception cref="CnnVizException"><c>ShardsMissing</c>; <c>ShardsDiffer</c>: one came twice, is of another cut or of a run with other settings;
    /// <c>ArgumentInvalid</c>: a point is of no shard.</exception>
    public static IReadOnlyList<RobustnessPoint> Merge(IEnumerable<RobustnessPoint> points) =>
        [.. points.GroupBy(point => (point.ModelName, point.Recipe.WeightsHash, point.Dataset, point.Norm, point.Method, point.Epsilon)).Select(group => One([.. group]))];

    private static RobustnessPoint One(RobustnessPoint[] parts)
    {
        var first = parts[0];
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first.ModelName} on {first.Dataset}, epsilon {first.Epsilon:0.####}");
        ShardFolder.Complete(name, [.. parts.Select(ShardOf)]);
        if (parts.Any(part => Settings(part) != Settings(first)))
            throw Errors.ShardsDiffer(name, "they were measured with other settings.");
        var (count, robust) = (parts.Sum(part => part.Count), parts.Sum(part => part.Robust));
        var (lower, upper) = WilsonInterval.Of(robust, count);
        return first with
        {
            Count = count,
            CleanCorrect = parts.Sum(part => part.CleanCorrect),
            Robust = robust,
            Lower = lower,
            Upper = upper,
            Classes =
            [
                .. parts.SelectMany(part => part.Classes).GroupBy(one => one.Class).OrderBy(group => group.Key)
                    .Select(group => new ClassRobustness(group.Key, group.First().Label, group.Sum(one => one.Count), group.Sum(one => one.Robust))),
            ],
            Shard = null,
            Recipe = first.Recipe.Without(nameof(RobustnessOptions.Shard)),
        };
    }

    private static Shard ShardOf(RobustnessPoint point) => Shard.TryParse(point.Shard, null, out var shard)
        ? shard
        : throw Errors.ArgumentInvalid("Shard", point.Shard ?? "nothing", "points of shards, as Measure-CnnRobustness -Shard 2/8 gives them");

    private static string Settings(RobustnessPoint point) =>
        $"{point.Recipe.Seed} {point.Recipe.BatchSize} {string.Join(' ', point.Recipe.Without(nameof(RobustnessOptions.Shard)).Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))}";
}
