using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>How the values of a layer are taken together.</summary>
public enum LayerMeasure
{
    /// <summary>Their mean (source 004).</summary>
    Mean,

    /// <summary>The root of the sum of their squares (source 004's dream).</summary>
    Norm,

    /// <summary>Half the sum of their squares: its gradient is the activation itself (Google's DeepDream, 2015).</summary>
    HalfSquare,

    /// <summary>The mean of their squares (Keras' and TensorFlow's dreams).</summary>
    MeanSquare,
}

/// <summary>All of a layer.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Measure">How its values are taken together.</param>
public sealed record LayerObjective(string Layer, LayerMeasure Measure = LayerMeasure.Mean) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [Layer];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs)
    {
        var values = inputs[Layer].flatten(1);
        return Measure switch
        {
            LayerMeasure.Norm => values.square().sum([1]).sqrt(),
            LayerMeasure.HalfSquare => values.square().sum([1]) * 0.5,
            LayerMeasure.MeanSquare => values.square().mean([1]),
            _ => values.mean([1]),
        };
    }
}
