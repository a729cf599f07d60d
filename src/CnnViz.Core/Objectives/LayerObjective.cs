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

/// <summary>All of a layer, or some of its channels together.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Measure">How its values are taken together.</param>
public sealed record LayerObjective(string Layer, LayerMeasure Measure = LayerMeasure.Mean) : SummedObjective(Layer)
{
    /// <summary>The channels that count; empty for all.</summary>
    public IReadOnlyList<int> Channels { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow)
    {
        var values = Channels.Count == 0 ? maps : maps.index_select(1, tensor([.. Channels.Select(channel => (long)channel)], [Channels.Count], device: maps.device));
        return Measure switch
        {
            LayerMeasure.Mean => values.flatten(1).sum([1]) / values.shape[1],
            LayerMeasure.MeanSquare => values.square().flatten(1).sum([1]) / values.shape[1],
            _ => values.square().flatten(1).sum([1]),
        };
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) => Measure switch
    {
        LayerMeasure.Norm => sum.sqrt(),
        LayerMeasure.HalfSquare => sum * 0.5,
        _ => sum / positions,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        $"{ObjectiveParser.Word(Measure)} {Layer}{(Channels.Count == 0 ? "" : $", channels {string.Join(' ', Channels)}")}";
}
