namespace CnnViz;

/// <summary>What became of a recipe that was run again, beside what it gave at first.</summary>
public sealed record RecipeComparison
{
    /// <summary>The operation.</summary>
    public required string Operation { get; init; }

    /// <summary>Whether all values are the same, bit for bit; of a saved picture its 8-bit pixels.</summary>
    public required bool IsEqual { get; init; }

    /// <summary>The outcome in words.</summary>
    public required string Verdict { get; init; }

    /// <summary>The values that were compared.</summary>
    public required long Count { get; init; }

    /// <summary>Those that differ.</summary>
    public required long DifferentCount { get; init; }

    /// <summary>The largest difference; of a saved picture in [0,1], where 1/255 is a level. Infinite where the shapes differ.</summary>
    public required double MaximumDifference { get; init; }

    /// <summary>What of the circumstances was another: weights, pictures, threads, versions, processor; empty where nothing was.</summary>
    public IReadOnlyList<string> Differences { get; init => field = value.ToArray(); } = [];

    /// <summary>What the recipe gives now.</summary>
    public required object Result { get; init; }

    /// <summary>The recipe.</summary>
    public required Recipe Recipe { get; init; }
}
