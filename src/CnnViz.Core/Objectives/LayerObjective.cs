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
public sealed record LayerObjective(string Layer, LayerMeasure Measure = LayerMeasure.Mean) : SummedObjective(Layer)
{
    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow) => Measure switch
    {
        LayerMeasure.Mean => maps.flatten(1).sum([1]) / maps.shape[1],
        LayerMeasure.MeanSquare => maps.square().flatten(1).sum([1]) / maps.shape[1],
        _ => maps.square().flatten(1).sum([1]),
    };

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) => Measure switch
    {
        LayerMeasure.Norm => sum.sqrt(),
        LayerMeasure.HalfSquare => sum * 0.5,
        _ => sum / positions,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{ObjectiveParser.Word(Measure)} {Layer}";
}
