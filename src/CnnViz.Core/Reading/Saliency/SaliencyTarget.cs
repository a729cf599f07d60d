using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>What is asked about: an objective for each picture of the batch, which may be another class for each.</summary>
/// <param name="objectives">The objective of each picture.</param>
internal sealed class SaliencyTarget(IReadOnlyList<Objective> objectives)
{
    private readonly Objective _together = objectives.All(objective => ReferenceEquals(objective, objectives[0])) ? objectives[0] : new EachOwn(objectives);

    /// <summary>The objective of a picture.</summary>
    public Objective Of(int picture) => objectives[picture];

    /// <summary>The class whose logit is asked about in a picture; null where something else is.</summary>
    public int? ClassOf(int picture) => objectives[picture] is ClassObjective { IsProbability: false } asked ? asked.Class : null;

    /// <summary>The scores of the batch, <c>[N]</c>.</summary>
    public Tensor Score(ObjectiveInputs inputs) => _together.Value(inputs);
}
