using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>Several objectives, each with its weight.</summary>
/// <param name="Terms">The weights and objectives.</param>
public sealed record WeightedSum(IReadOnlyList<(double Weight, Objective Objective)> Terms) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [.. Terms.SelectMany(term => term.Objective.Layers).Distinct()];

    /// <inheritdoc/>
    public override bool SeesPicture => Terms.Any(term => term.Objective.SeesPicture);

    /// <inheritdoc/>
    public override bool IsOfBatch => Terms.Any(term => term.Objective.IsOfBatch);

    /// <inheritdoc/>
    public override string Caption => Join(objective => objective.Caption);

    /// <inheritdoc/>
    internal override IReadOnlyList<ObjectivePart> Parts => [.. Terms.SelectMany(term => term.Objective.Parts).Distinct()];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs) =>
        Terms.Select(term => term.Objective.Value(inputs) * term.Weight).Aggregate((sum, value) => sum + value);

    /// <inheritdoc/>
    public override void Check(CnnModel model, int[]? inputShape = null)
    {
        foreach (var (_, objective) in Terms)
            objective.Check(model, inputShape);
    }

    /// <inheritdoc/>
    public override string ToString() => Join(objective => objective.ToString());

    private string Join(Func<Objective, string> text) => string.Join(" + ", TermsOf(this).Select(term =>
        term.Weight == 1 ? text(term.Objective) : FormattableString.Invariant($"{term.Weight:R} * {text(term.Objective)}")));
}
