using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>Keeps the values of a synthesis where they may be, after each step.</summary>
public abstract record Constraint
{
    /// <summary>Brings the values back, in place.</summary>
    /// <param name="values">The batch, <c>[N, …]</c>.</param>
    /// <param name="step">Steps done, this one counted.</param>
    public abstract void Apply(Tensor values, int step);
}

/// <summary>No value leaves a range.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
public sealed record Box(double Minimum = 0, double Maximum = 1) : Constraint
{
    /// <inheritdoc/>
    public override void Apply(Tensor values, int step) => values.clamp_(Minimum, Maximum);
}

/// <summary>The picture itself is smoothed every so many steps (Yosinski et al. 2015, lecture 002).</summary>
/// <param name="Interval">The steps between.</param>
/// <param name="Sigma">The deviation in pixels.</param>
public sealed record PeriodicBlur(int Interval, double Sigma) : Constraint
{
    /// <inheritdoc/>
    public override void Apply(Tensor values, int step)
    {
        if (step % Interval == 0)
            values.copy_(new GaussianBlur(Sigma).Apply(values));
    }
}

/// <summary>Every value is pulled towards grey by a part of its distance (L₂ decay of the picture, lecture 002).</summary>
/// <param name="Rate">The part, in [0,1].</param>
/// <param name="Center">The grey.</param>
public sealed record Decay(double Rate, double Center = 0.5) : Constraint
{
    /// <inheritdoc/>
    public override void Apply(Tensor values, int step) => values.mul_(1 - Rate).add_(Rate * Center);
}
