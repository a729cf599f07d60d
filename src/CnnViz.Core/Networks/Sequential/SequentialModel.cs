using CnnViz.Imaging;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Networks.Sequential;

/// <summary>Models from a readable list of layers.</summary>
public static class SequentialModel
{
    /// <summary>A model with seeded random weights, which takes pixels as they are.</summary>
    /// <param name="layers">The layers, as <see cref="SequentialNetwork.Build"/> takes them.</param>
    /// <param name="inputShape">The shape of an image as it goes in, <c>[C, H, W]</c>.</param>
    /// <param name="kernels">Filters that the first convolution starts with; null for random ones.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="name">What to call it; null for its architecture's name.</param>
    /// <param name="labels">The names of the classes; empty for their numbers.</param>
    /// <exception cref="CnnVizException">As <see cref="SequentialNetwork.Build"/>; <c>ArgumentInvalid</c>: another number of labels than of classes.</exception>
    public static CnnModel Create(
        IReadOnlyList<string> layers, int[] inputShape, IReadOnlyList<Kernel>? kernels = null, long seed = 0, string? name = null, IReadOnlyList<string>? labels = null)
    {
        var network = SequentialNetwork.Build(layers, inputShape, kernels);
        if (labels is { Count: > 0 } && labels.Count != network.ClassCount)
            throw Errors.ArgumentInvalid("Label", $"{labels.Count} labels", $"{network.ClassCount}, one for each value that the last layer gives");
        TorchSetup.Ensure();
        using var generator = new Generator((ulong)seed);
        var weights = CnnModel.InitialWeights(network, generator);
        return labels is { Count: > 0 }
            ? new CnnModel(network, weights) { Name = name ?? network.Architecture, Labels = labels }
            : new CnnModel(network, weights) { Name = name ?? network.Architecture };
    }
}
