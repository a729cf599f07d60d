using CnnViz.Networks;
using CnnViz.Networks.Operations;

namespace CnnViz.Reading.Saliency;

/// <summary>The layers that class activation maps are read at.</summary>
/// <param name="Positions">Their positions in the network, in order.</param>
/// <param name="Reason">Why they were chosen; null where the user named them.</param>
internal sealed record LayerChoice(int[] Positions, string? Reason)
{
    /// <summary>The layers that were named, or else the last one that still knows where it looks. Of what a wildcard fits, layers without extent are left out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">Names or wildcards; empty to choose.</param>
    /// <param name="inputShape">The shape of the pictures, <c>[C, H, W]</c>; null for the network's own.</param>
    /// <exception cref="CnnVizException">
    /// <c>LayerNotFound</c>; <c>LayerWithoutExtent</c>: it has no maps of more than one value; <c>MethodUnsupported</c>: the output does not depend on it, or there is
    /// nothing to choose.
    /// </exception>
    public static LayerChoice Make(CnnModel model, IReadOnlyList<string> layers, int[]? inputShape = null)
    {
        var shapes = NetworkAnalysis.OutputShapes(model.Network, inputShape ?? model.InputShape);
        if (layers.Count == 0)
            return Choose(model, shapes);
        var needed = NetworkAnalysis.NeededForOutput(model.Network);
        var positions = new SortedSet<int>();
        foreach (var layer in layers)
        {
            var found = model.Network.Match(layer);
            int[] usable = [.. found.Where(position => needed[position] && HasExtent(shapes[position]))];
            if (usable.Length == 0)
                throw Refusal(model, found[^1], shapes, needed);
            positions.UnionWith(usable);
        }
        return new LayerChoice([.. positions], null);
    }

    /// <summary>The names of the layers.</summary>
    public string Names(CnnModel model) => string.Join(", ", Positions.Select(position => model.Network.Nodes[position].Name));

    private static CnnVizException Refusal(CnnModel model, int position, IReadOnlyList<int[]> shapes, bool[] needed)
    {
        var nodes = model.Network.Nodes;
        return needed[position]
            ? Errors.LayerWithoutExtent(model.Name, nodes[position].Name, shapes[position], nodes[Choose(model, shapes).Positions[0]].Name)
            : Errors.MethodUnsupported(model.Name, $"A class activation map of '{nodes[position].Name}'", "its output does not depend on that layer, which is on a side branch for training");
    }

    /// <summary>
    /// The last node that everything behind goes through, that has extent, and that a layer with weights still follows: maps behind the last weights are the
    /// classes' own and have no features to weigh. Poolings and dropouts are passed over, for they only make what is in front of them coarser.
    /// </summary>
    private static LayerChoice Choose(CnnModel model, IReadOnlyList<int[]> shapes)
    {
        var nodes = model.Network.Nodes;
        var gates = NetworkAnalysis.Gates(model.Network);
        var isWeighed = false;
        for (var i = nodes.Count - 1; i > 0; i--)
        {
            if (isWeighed && gates[i] && HasExtent(shapes[i]) && !OnlyCoarsens(nodes, i))
                return new LayerChoice([i], $"the last layer with extent ({shapes[i][1]}×{shapes[i][2]}, {shapes[i][0]} maps) before the network pools and classifies");
            isWeighed |= gates[i] && nodes[i].Operation is Dense or Convolution or RadialBasis;
        }
        throw Errors.MethodUnsupported(model.Name, "A class activation map", "no layer of it has maps that everything behind goes through");
    }

    private static bool OnlyCoarsens(IReadOnlyList<Node> nodes, int position) => nodes[position].Operation switch
    {
        Dropout or MaxPooling or AveragePooling or AdaptiveAveragePooling or Subsampling => true,
        Activation => OnlyCoarsens(nodes, nodes[position].Inputs[0]),
        _ => false,
    };

    private static bool HasExtent(int[] shape) => shape is [_, var height, var width] && height * width > 1;
}
