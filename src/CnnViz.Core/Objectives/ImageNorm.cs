using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>The Lₚ norm of the picture around grey, to the power p; with a negative weight the decay of lecture 002.</summary>
/// <param name="Power">p, from 1 (sparse) over 2 (even) to large ones, which hold down the extremes; infinity for the largest magnitude.</param>
/// <param name="Center">The grey, in the picture's own units.</param>
public sealed record ImageNorm(double Power = 2, double Center = 0.5) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs)
    {
        var distances = (inputs.Image - Center).abs().flatten(1);
        return double.IsPositiveInfinity(Power) ? distances.amax(1) : distances.pow(Power).sum([1]);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"imagenorm {(double.IsPositiveInfinity(Power) ? "inf" : FormattableString.Invariant($"{Power:R}"))} around {Center:R}");
}
