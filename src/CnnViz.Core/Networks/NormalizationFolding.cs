using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;
using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>
/// Makes the plain network of one that was trained with batch normalisation, which is a factor and an offset for each map once its statistics are fixed: the
/// convolution in front of it takes both. The plain one gives the same logits up to rounding, has no other layers than convolutions and activations to look
/// into, and is faster.
/// </summary>
public static class NormalizationFolding
{
    private const string Suffix = "_bn";

    /// <summary>Folds a model of an architecture that is there both with normalisation and without: <c>vgg16_bn</c> becomes <c>vgg16</c>.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <returns>A new model, the caller's to dispose.</returns>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: there is no such network without normalisation.</exception>
    public static CnnModel Apply(CnnModel model)
    {
        var name = model.Architecture;
        if (!name.EndsWith(Suffix, StringComparison.Ordinal) || Architectures.Find(name[..^Suffix.Length]) is not { } plain)
            throw Errors.ArgumentInvalid("FoldNormalization", name, $"a model of {string.Join(", ", Architectures.Names.Where(known => known.EndsWith(Suffix, StringComparison.Ordinal)))}");
        using var gradients = no_grad();
        InferenceRewrite.Apply(model.Network, model.Weights, out var folded);
        var network = plain.Build(model.ClassCount);
        var targets = new Queue<string>(network.Nodes.Where(node => node.Operation.Parameters.Count > 0).Select(node => node.Name));
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var nodes = model.Network.Nodes;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Operation is not (Convolution or Dense))
                continue;
            var target = targets.Dequeue();
            var isNormalized = nodes[i + 1 < nodes.Count ? i + 1 : i].Operation is BatchNormalization;
            foreach (var part in (string[])["weight", "bias"])
                weights[$"{target}.{part}"] = isNormalized ? folded[$"{nodes[i + 1].Name}.{part}"] : model.Weights[$"{nodes[i].Name}.{part}"].clone().DetachFromDisposeScope();
        }
        return new CnnModel(network, weights)
        {
            Name = model.Name.Replace(name, plain.Name, StringComparison.Ordinal),
            Classes = model.Classes,
            Preprocessing = model.Preprocessing,
            History = model.History,
        };
    }
}
