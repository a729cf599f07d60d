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

    /// <summary>The same for one picture of the batch.</summary>
    public ObjectiveInputs Of(int picture) => new(
        image.narrow(0, picture, 1),
        activations.ToDictionary(pair => pair.Key, pair => pair.Value.narrow(0, picture, 1), StringComparer.Ordinal));
}
