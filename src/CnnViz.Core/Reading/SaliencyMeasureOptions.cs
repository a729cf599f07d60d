using System.ComponentModel;

namespace CnnViz.Reading;

/// <summary>What is wanted of a measurement of saliency maps.</summary>
public sealed record SaliencyMeasureOptions
{
    /// <summary>The measures; those that need the network's answers alone, where left out.</summary>
    [Description("The measures; left out, those that do not make the map anew. All for every one.")]
    public IReadOnlyList<SaliencyMeasure> Measure { get; init; } =
        [SaliencyMeasure.Deletion, SaliencyMeasure.Insertion, SaliencyMeasure.Road, SaliencyMeasure.Infidelity];

    /// <summary>The pixels that a step of deletion or insertion changes; null for a 28th of the picture, which is RISE's 224·8 at 224×224.</summary>
    [Description("Pixels that a step of deletion or insertion changes; left out, a 28th of the picture.")]
    public int? PixelStep { get; init; }

    /// <summary>The largest change of a normalised value in the noise of <see cref="SaliencyMeasure.Infidelity"/> and <see cref="SaliencyMeasure.MaxSensitivity"/>.</summary>
    [Description("The largest change of a normalised value in the noise of infidelity and sensitivity.")]
    public double NoiseRadius { get; init; } = 0.02;

    /// <summary>How often that noise is drawn.</summary>
    [Description("How often the noise of infidelity and sensitivity is drawn.")]
    public int NoiseCount { get; init; } = 10;

    /// <summary>The steps in which the weights become random, from the last layer to the first; 1 for all at once.</summary>
    [Description("Steps in which the weights become random, from the last layer to the first.")]
    public int RandomizationStep { get; init; } = 3;

    /// <summary>The random networks of each step, whose correlations are averaged: a coarse map may be like one of them by chance.</summary>
    [Description("Random networks for each of these steps.")]
    public int RandomizationCount { get; init; } = 3;

    /// <summary>The pictures that go through the network together.</summary>
    [Description("The pictures that go through the network together.")]
    public int BatchSize { get; init; } = 16;

    /// <summary>The seed of the noise, of random weights and of the order of equally important pixels.</summary>
    [Description("The seed of noise and of random weights.")]
    public long Seed { get; init; }

    /// <summary>True where a measure is wanted.</summary>
    internal bool Wants(SaliencyMeasure measure) => Measure.Contains(measure) || Measure.Contains(SaliencyMeasure.All);

    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>.</exception>
    internal void Check()
    {
        if (Measure.Count == 0)
            throw Errors.ArgumentInvalid(nameof(Measure), "", $"one or more of {string.Join(", ", Enum.GetNames<SaliencyMeasure>())}");
        AtLeastOne(nameof(PixelStep), PixelStep ?? 1);
        AtLeastOne(nameof(NoiseCount), NoiseCount);
        AtLeastOne(nameof(RandomizationStep), RandomizationStep);
        AtLeastOne(nameof(RandomizationCount), RandomizationCount);
        AtLeastOne(nameof(BatchSize), BatchSize);
        if (!(NoiseRadius > 0) || double.IsInfinity(NoiseRadius))
            throw Errors.ArgumentInvalid(nameof(NoiseRadius), NoiseRadius, "a number above 0");
    }

    private static void AtLeastOne(string name, int value)
    {
        if (value < 1)
            throw Errors.ArgumentInvalid(name, value, "1 or more");
    }
}
