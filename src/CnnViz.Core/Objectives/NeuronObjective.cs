using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>One value of a layer's maps.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Channel">The channel, from 0.</param>
/// <param name="Row">The row; null for the middle, as lucid takes it.</param>
/// <param name="Column">The column; null for the middle.</param>
public sealed record NeuronObjective(string Layer, int Channel, int? Row = null, int? Column = null) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [Layer];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs)
    {
        var map = inputs[Layer].select(1, Channel);
        return map.select(1, Row ?? map.shape[1] / 2).select(1, Column ?? map.shape[2] / 2);
    }
}
