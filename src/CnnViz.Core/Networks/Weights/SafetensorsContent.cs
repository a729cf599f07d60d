using static TorchSharp.torch;

namespace CnnViz.Networks.Weights;

/// <summary>What a safetensors file holds; disposing it disposes the tensors that are still in it.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">Text by key.</param>
public sealed record SafetensorsContent(Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) : IDisposable
{
    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
            tensor.Dispose();
        Tensors.Clear();
    }
}
