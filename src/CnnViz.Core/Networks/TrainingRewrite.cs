using CnnViz.Networks.Operations;

namespace CnnViz.Networks;

/// <summary>
/// The same network, rearranged to train faster: as a network is data, this is a rewrite of its nodes. Parameters, output and (up to rounding) gradients
/// are those of the original; the outputs of rearranged inner nodes are not.
/// </summary>
public static class TrainingRewrite
{
    // libtorch's normalisation and pooling of channels-last images are vectorised over the channels, and slow where those do not fill vectors.
    private const int VectorLength = 8;
    private const int ColorChannels = 3;

    /// <summary>
    /// A monotone activation in front of a max-pooling moves behind it (<see cref="PoolingRewrite"/>). Convolution, batch normalisation and
    /// pooling that then stand in a row are computed channels-last where the maps fill vectors, else as a <see cref="PooledConvolution"/>.
    /// Networks of colour pictures that consist of such convolutions, without groups, are computed channels-last from end to end.
    /// Of two dropouts in a row the first does the work of both, and tanh becomes a <see cref="VectorizedTanh"/>.
    /// </summary>
    public static Network Apply(Network network)
    {
        var nodes = network.Nodes.ToArray();
        var shapes = NetworkAnalysis.OutputShapes(network, network.InputShape);
        var uses = NetworkAnalysis.Uses(network);

        // A node and the one behind it, where nothing else needs the first.
        bool InARow(int first) => nodes[first + 1].Inputs is [var input] && input == first && uses[first] == 1;

        PoolingRewrite.Apply(nodes, uses);
        for (var i = 1; i + 1 < nodes.Length; i++)
        {
            var (node, next) = (nodes[i], nodes[i + 1]);
            if (InARow(i) && node.Operation is Dropout first && next.Operation is Dropout second)
            {
                nodes[i] = node with { Operation = new Dropout(1 - (1 - first.Probability) * (1 - second.Probability)) };
                nodes[i + 1] = next with { Operation = new Dropout(0) };
            }
        }
        for (var i = 1; i + 2 < nodes.Length; i++)
        {
            var (first, last) = (nodes[i], nodes[i + 2]);
            if (first.Operation is not Convolution convolution || nodes[i + 1].Operation is not BatchNormalization normalization
                || last.Operation is not MaxPooling { Size: 2, Stride: 2, Padding: 0 } || !InARow(i) || !InARow(i + 1))
                continue;
            if (convolution.OutputChannels % VectorLength == 0)
                nodes[i] = first with { Operation = convolution with { IsChannelsLast = true } };
            else if (PooledConvolution.Fits(convolution, shapes[first.Inputs[0]]))
                nodes[i + 2] = last with { Operation = new PooledConvolution(convolution, normalization, first.Name, nodes[i + 1].Name), Inputs = first.Inputs };
        }
        var convolutions = nodes.Select(node => node.Operation).OfType<Convolution>().ToArray();
        var isChannelsLast = network.InputShape[0] == ColorChannels
            && convolutions.All(convolution => convolution is { Groups: 1, Connections: null } && convolution.OutputChannels % VectorLength == 0);
        for (var i = 1; i < nodes.Length; i++)
        {
            if (isChannelsLast && nodes[i].Operation is Convolution any)
                nodes[i] = nodes[i] with { Operation = any with { IsChannelsLast = true } };
            if (nodes[i].Operation is Activation { Function: ActivationFunction.Tanh })
                nodes[i] = nodes[i] with { Operation = new VectorizedTanh() };
        }
        return new Network(network.Architecture, network.InputShape, nodes);
    }
}
