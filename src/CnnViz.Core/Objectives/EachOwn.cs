using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>An objective for each picture of the batch: many channels of a layer are maximised side by side.</summary>
/// <param name="Objectives">As many as there are pictures.</param>
public sealed record EachOwn(IReadOnlyList<Objective> Objectives) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [.. Objectives.SelectMany(objective => objective.Layers).Distinct()];

    /// <inheritdoc/>
    public override bool SeesPicture => Objectives.Any(objective => objective.SeesPicture);

    /// <inheritdoc/>
    public override bool IsOfBatch => true;

    /// <inheritdoc/>
    internal override IReadOnlyList<ObjectivePart> Parts => [.. Objectives.SelectMany((objective, i) => objective.Parts.Select(part => part with { Picture = i }))];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs) => cat([.. Objectives.Select((objective, i) => objective.Value(inputs.Of(i)))]);

    /// <inheritdoc/>
    public override void Check(CnnModel model, int[]? inputShape = null)
    {
        foreach (var objective in Objectives)
            objective.Check(model, inputShape);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" | ", Objectives);
}
