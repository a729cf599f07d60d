using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>The score of a class (Simonyan et al. 2013).</summary>
/// <param name="Class">The class.</param>
/// <param name="IsProbability">The logarithm of its softmax probability instead of its logit.</param>
public sealed record ClassObjective(int Class, bool IsProbability = false) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [Output];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs)
    {
        var logits = inputs[Output].flatten(1);
        return (IsProbability ? logits.log_softmax(1) : logits).select(1, Class);
    }

    /// <inheritdoc/>
    public override void Check(CnnModel model, int[]? inputShape = null)
    {
        if (!model.Network.HasClasses)
            throw Errors.ModelWithoutClasses(model.Name, model.Network.Nodes[^1].Name);
        CheckIndex(nameof(Class), Class, model.ClassCount);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{(IsProbability ? "probability" : "class")} {Class}");
}
