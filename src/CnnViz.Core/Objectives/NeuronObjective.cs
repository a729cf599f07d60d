using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>One value of a layer's maps, or of a layer without extent, whose values are its channels.</summary>
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
        return map.dim() == 1 ? map : map.select(1, Row ?? map.shape[1] / 2).select(1, Column ?? map.shape[2] / 2);
    }

    /// <inheritdoc/>
    public override void Check(CnnModel model, int[]? inputShape = null)
    {
        CheckChannel(model, Layer, Channel, inputShape);
        if (inputShape is null || Shape(model, Layer, inputShape) is not { Length: > 0 } shape)
            return;
        var (height, width) = shape is [_, var rows, var columns] ? (rows, columns) : (1, 1);
        CheckIndex($"'{Layer}': row", Row ?? 0, height);
        CheckIndex($"'{Layer}': column", Column ?? 0, width);
    }

    /// <inheritdoc/>
    public override string ToString() => (Row, Column) is (null, null)
        ? FormattableString.Invariant($"neuron {Layer} {Channel}")
        : FormattableString.Invariant($"neuron {Layer} {Channel},{Row},{Column}");
}
