namespace CnnViz;

/// <summary>How two models differ on one picture: what they answer, where they look, and what their layers make of it.</summary>
public sealed record ModelComparison
{
    /// <summary>The picture as the reference saw it.</summary>
    public required CnnImage Image { get; init; }

    /// <summary>The reference's answer.</summary>
    public required Prediction Reference { get; init; }

    /// <summary>The other model's answer.</summary>
    public required Prediction Difference { get; init; }

    /// <summary>True where the answers differ.</summary>
    public required bool IsChanged { get; init; }

    /// <summary>What the other model adds to the probability of the reference's answer, from -1 to 1; null where it does not know that class.</summary>
    public required double? ProbabilityChange { get; init; }

    /// <summary>Why the reference gives its answer.</summary>
    public required SaliencyMap ReferenceMap { get; init; }

    /// <summary>Why the other model would give the reference's answer (its own, where it does not know that class).</summary>
    public required SaliencyMap DifferenceMap { get; init; }

    /// <summary>Spearman's rank correlation of the two explanations, from -1 to 1; NaN where one of them is constant or not finite.</summary>
    public required double RankCorrelation { get; init; }

    /// <summary>What the tenth of the pixels that matters most to each have in common: intersection over union, from 0 to 1. NaN where one map is constant or not finite.</summary>
    public required double TopOverlap { get; init; }

    /// <summary>The layers of the same name and shape, and how far apart their maps are, in the order of the network.</summary>
    public IReadOnlyList<LayerDistance> Layers { get; init => field = value.ToArray(); } = [];

    /// <summary>The largest distance of <see cref="Layers"/>; null where they have none in common.</summary>
    public double? FeatureDistance => Layers.Count == 0 ? null : Layers.Max(layer => layer.Distance);

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Image.Source;
}
