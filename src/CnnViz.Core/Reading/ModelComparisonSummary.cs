namespace CnnViz;

/// <summary>How two models differ over all pictures.</summary>
public sealed record ModelComparisonSummary
{
    /// <summary>The name of the model that was compared with.</summary>
    public required string Reference { get; init; }

    /// <summary>The name of the other one.</summary>
    public required string Difference { get; init; }

    /// <summary>The pictures that were compared.</summary>
    public required int Count { get; init; }

    /// <summary>The pictures that the models answer differently.</summary>
    public required int Changed { get; init; }

    /// <summary>Their part of all, in [0,1].</summary>
    public double ChangedShare => Count == 0 ? 0 : (double)Changed / Count;

    /// <summary>The mean rank correlation of the explanations, of pictures where it is a number; NaN where it is none.</summary>
    public required double RankCorrelation { get; init; }

    /// <summary>The mean overlap of the tenth that matters most, of pictures where it is a number; NaN where it is none.</summary>
    public required double TopOverlap { get; init; }

    /// <summary>The mean of the largest distances of layers; null where the models have no layers in common.</summary>
    public required double? FeatureDistance { get; init; }

    /// <summary>What all comparisons say together.</summary>
    /// <param name="comparisons">Comparisons of the same two models, at least one.</param>
    public static ModelComparisonSummary Of(IReadOnlyCollection<ModelComparison> comparisons)
    {
        return new ModelComparisonSummary
        {
            Reference = comparisons.First().Reference.Model!.Name,
            Difference = comparisons.First().Difference.Model!.Name,
            Count = comparisons.Count,
            Changed = comparisons.Count(comparison => comparison.IsChanged),
            RankCorrelation = Mean(comparison => comparison.RankCorrelation),
            TopOverlap = Mean(comparison => comparison.TopOverlap),
            FeatureDistance = comparisons.Average(comparison => comparison.FeatureDistance),
        };

        double Mean(Func<ModelComparison, double> value) => comparisons.Select(value).Where(number => !double.IsNaN(number)).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The gate: nothing where the models agree well enough.</summary>
    /// <param name="failAbove">The largest part of changed answers that is fine, in [0,1]; null for no limit.</param>
    /// <param name="minimumCorrelation">The smallest mean rank correlation that is fine; null for no limit.</param>
    /// <exception cref="CnnVizException"><c>ModelsDiffer</c>.</exception>
    public void Require(double? failAbove, double? minimumCorrelation)
    {
        if (ChangedShare > failAbove)
            throw Errors.ModelsDiffer(Reference, Difference, FormattableString.Invariant($"{Changed} of {Count} answers ({ChangedShare:0.0 %}) are others; allowed are {failAbove:0.0 %}"));
        // Where no correlation is a number, nothing speaks for the explanations being alike.
        if (minimumCorrelation is { } minimum && !(RankCorrelation >= minimum))
            throw Errors.ModelsDiffer(Reference, Difference, FormattableString.Invariant($"their explanations have a mean rank correlation of {RankCorrelation:0.000}; expected is at least {minimum:0.000}"));
    }
}
