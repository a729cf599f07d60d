using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>What a weight file holds; disposing it disposes the tensors that are still in it.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">Text by key; empty for PyTorch's files.</param>
public sealed record WeightContent(Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) : IDisposable
{
    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
            tensor.Dispose();
        Tensors.Clear();
    }
}
