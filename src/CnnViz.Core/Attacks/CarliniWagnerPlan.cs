namespace CnnViz.Attacks;

/// <summary>How Carlini and Wagner's search goes.</summary>
public sealed record CarliniWagnerPlan
{
    /// <summary>Steps of each optimisation.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Constants that are tried.</summary>
    public int SearchSteps { get; init; } = 9;

    /// <summary>The first constant.</summary>
    public double InitialConstant { get; init; } = 1e-3;

    /// <summary>The length of Adam's steps, of pixels in [0,1].</summary>
    public double StepSize { get; init; } = 0.01;

    /// <summary>The logit by which the wrong class is to lead.</summary>
    public double Confidence { get; init; }

    /// <summary>Whether an optimisation that does not get on any more is ended.</summary>
    public bool AbortsEarly { get; init; } = true;
}
