using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>What an objective may look at: the picture, and what layers make of it.</summary>
/// <param name="image">The pixels, <c>[N, C, H, W]</c>, before they are normalised.</param>
/// <param name="activations">Activations by the names of their layers, batch first; the network's output under <see cref="Objective.Output"/>.</param>
public sealed class ObjectiveInputs(Tensor image, IReadOnlyDictionary<string, Tensor> activations)
{
    /// <summary>The pixels, <c>[N, C, H, W]</c>, before they are normalised.</summary>
    public Tensor Image => image;

    /// <summary>The activations of a layer that the objective named, batch first.</summary>
    public Tensor this[string layer] => activations[layer];

    /// <summary>Sums that were computed in parts already; null where layers are at hand whole.</summary>
    internal IReadOnlyDictionary<ObjectivePart, LayerSum>? Sums { get; init; }

    private int? Picture { get; init; }

    /// <summary>The same for one picture of the batch.</summary>
    public ObjectiveInputs Of(int picture) => new(
        image.narrow(0, picture, 1),
        activations.ToDictionary(pair => pair.Key, pair => pair.Value.narrow(0, picture, 1), StringComparer.Ordinal))
    {
        Sums = Sums,
        Picture = Picture ?? picture,
    };

    /// <summary>What an objective knows of its layer.</summary>
    internal LayerSum SumOf(SummedObjective objective)
    {
        if (Sums is not null)
            return Sums[new ObjectivePart(objective, Picture)];
        var maps = SummedObjective.Maps(this[objective.Layer]);
        return new LayerSum(objective.Sum(maps, 0), maps.shape[2] * maps.shape[3]);
    }
}
