using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// An objective that knows a layer only through a sum over its positions. So it can be computed from parts of the layer, one after another: what does not fit
/// into memory at once.
/// </summary>
/// <param name="Layer">The dotted name of the layer.</param>
public abstract record SummedObjective(string Layer) : Objective
{
    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Layers => [Layer];

    /// <inheritdoc/>
    public sealed override Tensor Value(ObjectiveInputs inputs)
    {
        var (sum, positions) = inputs.SumOf(this);
        return Value(sum, positions);
    }

    /// <summary>A layer as maps: a vector is a map a value.</summary>
    /// <param name="values">What the layer gives, batch first.</param>
    internal static Tensor Maps(Tensor values) => values.dim() == 4 ? values : values.flatten(1).unsqueeze(2).unsqueeze(3);

    /// <summary>The sum over the positions of some rows.</summary>
    /// <param name="maps">The rows of the layer, <c>[N, C, rows, W]</c>.</param>
    /// <param name="firstRow">The row of the layer that they begin with.</param>
    /// <returns>Something of the shape <c>[N, …]</c>; those of all parts are added up.</returns>
    public abstract Tensor Sum(Tensor maps, long firstRow);

    /// <summary>The objective, from the sum over all positions.</summary>
    /// <param name="sum">The sum, <c>[N, …]</c>.</param>
    /// <param name="positions">How many positions the layer has.</param>
    /// <returns>A value for each picture, <c>[N]</c>.</returns>
    public abstract Tensor Value(Tensor sum, long positions);
}
