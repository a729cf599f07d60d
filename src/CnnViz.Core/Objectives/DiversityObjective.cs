using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>
/// How different the pictures of a batch are to a layer (Olah et al. 2017): the negative sum over all pairs of the cosines of their Gram matrices,
/// divided by the batch, shared evenly by the pictures.
/// </summary>
/// <param name="Layer">The dotted name of the layer.</param>
public sealed record DiversityObjective(string Layer) : Objective
{
    private const double Tiny = 1e-10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [Layer];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs)
    {
        var maps = inputs[Layer].flatten(2);
        var count = maps.shape[0];
        var grams = maps.bmm(maps.transpose(1, 2)).flatten(1);
        grams = grams / (grams.square().sum([1], keepdim: true).sqrt() + Tiny);
        var alike = grams.matmul(grams.transpose(0, 1)).sum([1]) - grams.square().sum([1]);
        return alike * (-1.0 / count);
    }
}
