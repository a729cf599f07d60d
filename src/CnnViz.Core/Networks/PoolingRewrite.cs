using CnnViz.Networks.Operations;

namespace CnnViz.Networks;

/// <summary>
/// The same network with less to activate: a monotone activation in front of a max-pooling moves behind it, where there is a quarter of the values. Output and
/// gradients are those of the original; the two nodes change places.
/// </summary>
internal static class PoolingRewrite
{
    /// <summary>The network with its activations moved.</summary>
    public static Network Apply(Network network)
    {
        var nodes = network.Nodes.ToArray();
        Apply(nodes, NetworkAnalysis.Uses(network));
        return new Network(network.Architecture, network.InputShape, nodes);
    }

    /// <summary>Moves the activations of nodes.</summary>
    /// <param name="nodes">The nodes of a network; changed.</param>
    /// <param name="uses">How many nodes use each.</param>
    public static void Apply(Node[] nodes, int[] uses)
    {
        for (var i = 1; i + 1 < nodes.Length; i++)
        {
            var (node, next) = (nodes[i], nodes[i + 1]);
            if (!node.Operation.IsMonotone || next.Operation is not MaxPooling || next.Inputs is not [var input] || input != i || uses[i] != 1)
                continue;
            nodes[i] = next with { Inputs = node.Inputs };
            nodes[i + 1] = node with { Inputs = [i] };
        }
    }
}
