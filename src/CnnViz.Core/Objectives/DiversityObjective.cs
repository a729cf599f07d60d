using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// How different the pictures of a batch are to a layer (Olah et al. 2017): the negative sum over all pairs of the cosines of their Gram matrices,
/// divided by the batch, shared evenly by the pictures.
/// </summary>
/// <param name="Layer">The dotted name of the layer.</param>
public sealed record DiversityObjective(string Layer) : SummedObjective(Layer)
{
    private const double Tiny = 1e-10;

    /// <inheritdoc/>
    public override bool IsOfBatch => true;

    /// <inheritdoc/>
    public override Tensor Sum(Tensor maps, long firstRow)
    {
        var vectors = maps.flatten(2);
        return vectors.bmm(vectors.transpose(1, 2)).flatten(1);
    }

    /// <inheritdoc/>
    public override Tensor Value(Tensor sum, long positions)
    {
        var grams = sum / (sum.square().sum([1], keepdim: true).sqrt() + Tiny);
        var alike = grams.Times(grams.transpose(0, 1)).sum([1]) - grams.square().sum([1]);
        return alike * (-1.0 / sum.shape[0]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"diversity {Layer}";
}
