using CnnViz.Training;

namespace CnnViz.Attacks;

/// <summary>What a gradient attack does at each step.</summary>
public sealed record GradientAttackPlan
{
    /// <summary>Steps of each run.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>The length of a step, of pixels in [0,1].</summary>
    public required double StepSize { get; init; }

    /// <summary>Whether steps shorten evenly, from <see cref="StepSize"/> to nothing at the end of a run: a gradient that chance disturbs comes to rest so.</summary>
    public bool Shortens { get; init; }

    /// <summary>The part of the direction that is kept from step to step; null without momentum.</summary>
    public double? Momentum { get; init; }

    /// <summary>Whether a run starts at a random place within ε.</summary>
    public bool RandomStart { get; init; }

    /// <summary>How many runs there are; all but the first start at random.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Whether gradients are taken at pictures that are rounded to 8 bits, as they will be saved.</summary>
    public bool Quantize { get; init; }

    /// <summary>How pictures are varied before the network sees them: the expectation is taken over it (Athalye et al. 2018). Null for not at all.</summary>
    public Augmentation? Transformation { get; init; }

    /// <summary>How many variations a step averages.</summary>
    public int Samples { get; init; } = 1;
}
