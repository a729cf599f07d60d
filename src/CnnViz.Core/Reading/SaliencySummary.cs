using CnnViz.Reading;

namespace CnnViz;

/// <summary>How far the maps of one method can be believed, over several pictures. What was not measured is null.</summary>
public sealed record SaliencySummary
{
    /// <summary>The place by the mean score among the methods, 1 the best; null without a score.</summary>
    public int? Rank { get; init; }

    /// <summary>The method.</summary>
    public required SaliencyMethod Method { get; init; }

    /// <summary>The layer or layers that its maps were read at; null for methods without.</summary>
    public string? Layer { get; init; }

    /// <summary>The model's name.</summary>
    public required string? Model { get; init; }

    /// <summary>The maps.</summary>
    public required int MapCount { get; init; }

    /// <summary>How often it was the best of its picture.</summary>
    public required int FirstCount { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.Score"/>.</summary>
    public Statistic? Score { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.DeletionAuc"/>.</summary>
    public Statistic? DeletionAuc { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.InsertionAuc"/>.</summary>
    public Statistic? InsertionAuc { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.Road"/>.</summary>
    public Statistic? Road { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.Infidelity"/>.</summary>
    public Statistic? Infidelity { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.MaxSensitivity"/>.</summary>
    public Statistic? MaxSensitivity { get; init; }

    /// <summary>The magnitudes of <see cref="SaliencyMeasurement.Delta"/>.</summary>
    public Statistic? Delta { get; init; }

    /// <summary>As <see cref="SaliencyMeasurement.RandomizationCorrelation"/>.</summary>
    public Statistic? RandomizationCorrelation { get; init; }

    /// <summary>False where most of its maps hardly change as weights become random.</summary>
    public bool? DependsOnModel { get; init; }
}
