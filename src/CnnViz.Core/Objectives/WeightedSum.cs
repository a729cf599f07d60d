using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>Several objectives, each with its weight.</summary>
/// <param name="Terms">The weights and objectives.</param>
public sealed record WeightedSum(IReadOnlyList<(double Weight, Objective Objective)> Terms) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [.. Terms.SelectMany(term => term.Objective.Layers).Distinct()];

    /// <inheritdoc/>
    internal override IReadOnlyList<ObjectivePart> Parts => [.. Terms.SelectMany(term => term.Objective.Parts).Distinct()];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs) =>
        Terms.Select(term => term.Objective.Value(inputs) * term.Weight).Aggregate((sum, value) => sum + value);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", Terms.Select(term => FormattableString.Invariant($"{term.Weight:R} · {term.Objective}")));
}
