namespace CnnViz;

/// <summary>How often examples that were made against one model fool another, or the same.</summary>
public sealed record TransferRate
{
    /// <summary>The model that the examples were made against; several are joined by commas.</summary>
    public required string SourceModel { get; init; }

    /// <summary>The model that they were shown.</summary>
    public required string JudgedModel { get; init; }

    /// <summary>The attack.</summary>
    public required string Method { get; init; }

    /// <summary>How distance was measured: Linf or L2.</summary>
    public required string Norm { get; init; }

    /// <summary>The largest change that was allowed, of pixels in [0,1]; null for attacks that look for the smallest.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Whether a class was to be reached; then only that class counts as fooled.</summary>
    public required bool IsTargeted { get; init; }

    /// <summary>The examples whose clean picture the judged model reads rightly; only these count.</summary>
    public required int Count { get; init; }

    /// <summary>How many of them fool it.</summary>
    public required int Fooled { get; init; }

    /// <summary>The part of them, in [0,1]; not a number where there are none.</summary>
    public double Rate => Count == 0 ? double.NaN : (double)Fooled / Count;

    /// <summary>Where the rate lies at least, at a confidence of 95 % (Wilson 1927).</summary>
    public required double Lower { get; init; }

    /// <summary>Where it lies at most.</summary>
    public required double Upper { get; init; }

    /// <summary>How it was measured.</summary>
    public required Recipe Recipe { get; init; }
}
