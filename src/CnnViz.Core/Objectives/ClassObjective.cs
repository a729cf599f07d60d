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
}
