using CnnViz.Reading;

namespace CnnViz;

/// <summary>How far a saliency map can be believed. What was not measured is null.</summary>
public sealed record SaliencyMeasurement
{
    /// <summary>The picture as the network saw it.</summary>
    public required CnnImage Image { get; init; }

    /// <summary>The method that made the map.</summary>
    public required SaliencyMethod Method { get; init; }

    /// <summary>The layer or layers that a class activation map was read at; null for methods without.</summary>
    public string? Layer { get; init; }

    /// <summary>The class whose score was asked about.</summary>
    public required int Target { get; init; }

    /// <summary>The name of that class.</summary>
    public required string Label { get; init; }

    /// <summary>The softmax probability of that class in the whole picture, in [0,1].</summary>
    public required double Probability { get; init; }

    /// <summary>
    /// The mean of <c>InsertionAuc − DeletionAuc</c> and <c>2 · Road</c>, or of what of these was measured: how much more probability the important pixels hold
    /// than others, 1 at best and about 0 for a random map. Null where nothing of it was measured.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>The place by <see cref="Score"/> among the maps of this picture and class, 1 the best; equal scores share a place. Null without a score.</summary>
    public int? Rank { get; init; }

    /// <summary>The area under <see cref="DeletionCurve"/>, in [0,1]: small where few pixels decide.</summary>
    public double? DeletionAuc { get; init; }

    /// <summary>The area under <see cref="InsertionCurve"/>, in [0,1]: large where few pixels suffice.</summary>
    public double? InsertionAuc { get; init; }

    /// <summary>The mean over <see cref="RoadCurve"/> of half the probability without the least important pixels minus that without the most important, in [−0.5, 0.5].</summary>
    public double? Road { get; init; }

    /// <summary>
    /// The mean squared difference between what the map says about the score under noise and what it does, for the map's best scale; so methods of different
    /// units compare. Squared logits.
    /// </summary>
    public double? Infidelity { get; init; }

    /// <summary>The same for the map's own values: small only where they are in the units of the gradient.</summary>
    public double? InfidelityUnscaled { get; init; }

    /// <summary>The largest change of the map under noise, as a part of its norm.</summary>
    public double? MaxSensitivity { get; init; }

    /// <summary>Path methods: the sum of the map minus the difference of the scores of picture and baseline. Null for others.</summary>
    public double? Delta { get; init; }

    /// <summary>The mean rank correlation with the maps of <see cref="RandomizationCurve"/>: 1 where weights play no part.</summary>
    public double? RandomizationCorrelation { get; init; }

    /// <summary>False where the map hardly changes as weights become random (a correlation of 0.5 or more): it shows the picture and not what the model makes of it.</summary>
    public bool? DependsOnModel { get; init; }

    /// <summary>The probability as pixels are set to 0 (the mean colour, after normalisation), the most important first.</summary>
    public IReadOnlyList<CurvePoint>? DeletionCurve { get; init => field = value?.ToArray(); }

    /// <summary>The probability as pixels are put into the blurred picture, the most important first.</summary>
    public IReadOnlyList<CurvePoint>? InsertionCurve { get; init => field = value?.ToArray(); }

    /// <summary>The probabilities without the most and without the least important pixels.</summary>
    public IReadOnlyList<RoadPoint>? RoadCurve { get; init => field = value?.ToArray(); }

    /// <summary>The correlation as more layers become random, from the last to the first.</summary>
    public IReadOnlyList<RandomizationPoint>? RandomizationCurve { get; init => field = value?.ToArray(); }

    /// <summary>What is doubtful about the map or its measurement; empty where nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>How it was measured.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Image.Source;

    /// <summary>True for a measurement of the same class in the same picture, by the same model: one that it can be ranked with.</summary>
    public bool IsRivalOf(SaliencyMeasurement other) =>
        Target == other.Target && Recipe.WeightsHash == other.Recipe.WeightsHash && Source == other.Source
        && (ReferenceEquals(Image, other.Image) || Image.Data.AsSpan().SequenceEqual(other.Image.Data));
}
