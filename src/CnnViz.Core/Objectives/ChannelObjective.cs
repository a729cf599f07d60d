using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>The mean of one channel of a layer (Erhan et al. 2009).</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Channel">The channel, from 0.</param>
public sealed record ChannelObjective(string Layer, int Channel) : SummedObjective(Layer)
{
    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow) => maps.narrow(1, Channel, 1).flatten(1).sum([1]);

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions) => sum / positions;

    /// <inheritdoc/>
    public override void Check(CnnModel model, int[]? inputShape = null) => CheckChannel(model, Layer, Channel, inputShape);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"channel {Layer} {Channel}");
}
