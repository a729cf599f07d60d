using CnnViz.Networks.Operations;
using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>
/// The same network, rearranged to answer faster: as a network is data, this is a rewrite of its nodes. The logits are those of the original up to rounding;
/// inner nodes are not, so that it serves only where nobody asks for those.
/// </summary>
public static class InferenceRewrite
{
    // libtorch's convolutions of channels-last images are vectorised over the channels, and slow where those do not fill vectors.
    private const int VectorLength = 8;
    private const int ColorChannels = 3;

    /// <summary>
    /// A batch normalisation whose statistics are fixed is a factor and an offset for each map: the convolution in front of it takes both into its kernels.
    /// Networks of colour pictures whose maps fill vectors are computed channels-last.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its parameters and buffers.</param>
    /// <param name="folded">The kernels and biases that are new, the caller's to dispose, under the names by which the rewritten network finds them.</param>
    public static Network Apply(Network network, IReadOnlyDictionary<string, Tensor> weights, out IReadOnlyDictionary<string, Tensor> folded)
    {
        var nodes = network.Nodes.ToArray();
        var uses = NetworkAnalysis.Uses(network);
        var isChannelsLast = network.InputShape[0] == ColorChannels
            && nodes.Select(node => node.Operation).OfType<Convolution>().All(convolution => convolution.OutputChannels % VectorLength == 0);
        var made = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 1; i < nodes.Length; i++)
        {
            if (nodes[i].Operation is Convolution own)
                nodes[i] = nodes[i] with { Operation = own with { IsChannelsLast = isChannelsLast } };
            if (nodes[i].Operation is not BatchNormalization normalization || nodes[i].Inputs is not [var before]
                || nodes[before].Operation is not Convolution { Connections: null } convolution || uses[before] != 1)
                continue;
            // The normalisation's place is the folded convolution's; the plain one is needed by nobody then, and left out of the pass.
            Fold(nodes[before].Name, nodes[i].Name, convolution, normalization, weights, made);
            nodes[i] = nodes[i] with { Operation = convolution with { HasBias = true }, Inputs = nodes[before].Inputs };
        }
        folded = made;
        return new Network(network.Architecture, network.InputShape, nodes);
    }

    private static void Fold(
        string convolution, string normalization, Convolution kernels, BatchNormalization settings, IReadOnlyDictionary<string, Tensor> weights, Dictionary<string, Tensor> folded)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var type = weights[$"{convolution}.weight"].dtype;
        var scale = Value(normalization, "weight") / (Value(normalization, "running_var") + settings.Epsilon).sqrt();
        var offset = Value(normalization, "bias") - Value(normalization, "running_mean") * scale;
        if (kernels.HasBias)
            offset += Value(convolution, "bias") * scale;
        folded[$"{normalization}.weight"] = (Value(convolution, "weight") * scale.view(-1, 1, 1, 1)).to(type).DetachFromDisposeScope();
        folded[$"{normalization}.bias"] = offset.to(type).DetachFromDisposeScope();

        Tensor Value(string owner, string name) => weights[$"{owner}.{name}"].to(ScalarType.Float32);
    }
}
