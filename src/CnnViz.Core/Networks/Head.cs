using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>The layers of a model that depend on the number of classes.</summary>
internal static class Head
{
    /// <summary>The model with another number of classes: layers that depend on it start anew, all others share the model's weights.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="classCount">The classes to tell apart.</param>
    /// <param name="seed">The seed of the new weights.</param>
    /// <param name="renewed">The names of the layers that started anew.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: the architecture tells a fixed number of classes apart.</exception>
    public static CnnModel Replace(CnnModel model, int classCount, long seed, out IReadOnlyList<string> renewed)
    {
        var network = Rebuild(model.Network, classCount);
        if (network.ClassCount != classCount)
            throw Errors.ArgumentInvalid("ClassCount", classCount, $"{network.ClassCount}: {model.Architecture} tells no other number of classes apart");
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var node in network.Nodes)
        {
            foreach (var spec in node.Operation.Parameters)
            {
                var name = $"{node.Name}.{spec.Name}";
                if (model.Weights.TryGetValue(name, out var known) && known.shape.AsSpan().SequenceEqual(spec.Extents))
                {
                    weights[name] = known.alias();
                    continue;
                }
                weights[name] = CnnModel.Initial(spec, generator).to(device(model.Device), disposeAfter: true);
                if (!names.Contains(node.Name))
                    names.Add(node.Name);
            }
        }
        foreach (var tensor in weights.Values)
            tensor.DetachFromDisposeScope();
        renewed = names.ToArray();
        return new CnnModel(network, weights) { Name = model.Name, Source = model.Source, Preprocessing = model.Preprocessing, Warnings = model.Warnings };
    }

    private static Network Rebuild(Network network, int classCount) =>
        network.Layers.Count > 0 ? SequentialNetwork.WithClasses(network, classCount) : Architectures.Find(network.Architecture)?.Build(classCount) ?? network;
}
