using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>How rough the picture is: the sum of the differences of neighbours, with a negative weight a penalty.</summary>
/// <param name="IsSquared">Their squares instead of their magnitudes.</param>
public sealed record TotalVariation(bool IsSquared = false) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <inheritdoc/>
    public override Tensor Value(ObjectiveInputs inputs)
    {
        var image = inputs.Image;
        return Sum(Steps(image, 2)) + Sum(Steps(image, 3));
    }

    /// <inheritdoc/>
    public override string ToString() => IsSquared ? "tv squared" : "tv";

    private static Tensor Steps(Tensor image, int dimension)
    {
        var length = image.shape[dimension] - 1;
        return image.narrow(dimension, 1, length) - image.narrow(dimension, 0, length);
    }

    private Tensor Sum(Tensor steps) => (IsSquared ? steps.square() : steps.abs()).flatten(1).sum([1]);
}
