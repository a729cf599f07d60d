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
    /// <param name="ends">The nodes that the maps are to explain, in order; null for the output. Of several, a layer in front of all of them serves.</param>
    /// <exception cref="CnnVizException">
    /// <c>LayerNotFound</c>; <c>LayerWithoutExtent</c>: it has no maps of more than one value; <c>MethodUnsupported</c>: the output does not depend on it, or there is
    /// nothing to choose.
    /// </exception>
    public static LayerChoice Make(CnnModel model, IReadOnlyList<string> layers, int[]? inputShape = null, int[]? ends = null)
    {
        var shapes = NetworkAnalysis.OutputShapes(model.Network, inputShape ?? model.InputShape);
        ends ??= [model.Network.Nodes.Count - 1];
        if (layers.Count == 0)
            return Choose(model, shapes, ends);
        var needed = NeededByAll(model.Network, ends);
        var positions = new SortedSet<int>();
        foreach (var layer in layers)
        {
            var found = model.Network.Match(layer);
            int[] usable = [.. found.Where(position => needed[position] && HasExtent(shapes[position]))];
            if (usable.Length == 0)
                throw Refusal(model, found[^1], shapes, ends);
            positions.UnionWith(usable);
        }
        return new LayerChoice([.. positions], null);
    }

    /// <summary>The names of the layers.</summary>
    public string Names(CnnModel model) => string.Join(", ", Positions.Select(position => model.Network.Nodes[position].Name));

    private static CnnVizException Refusal(CnnModel model, int position, IReadOnlyList<int[]> shapes, int[] ends)
    {
        var nodes = model.Network.Nodes;
        var independent = Array.FindIndex(ends, end => !NetworkAnalysis.Needed(model.Network, end)[position]);
        return independent < 0
            ? Errors.LayerWithoutExtent(model.Name, nodes[position].Name, shapes[position], nodes[Choose(model, shapes, ends).Positions[0]].Name)
            : Errors.MethodUnsupported(model.Name, $"A class activation map of '{nodes[position].Name}'", ends[independent] == nodes.Count - 1
                ? "its output does not depend on that layer, which is on a side branch for training"
                : $"'{nodes[ends[independent]].Name}', which is asked about, does not depend on that layer; take one in front of it");
    }

    /// <summary>The nodes that each of some nodes depends on.</summary>
    private static bool[] NeededByAll(Network network, int[] ends) =>
        ends.Select(end => NetworkAnalysis.Needed(network, end)).Aggregate((one, other) => [.. one.Zip(other, (first, second) => first && second)]);

    /// <summary>
    /// The last node that everything behind goes through, that has extent, and that a layer with weights still follows: maps behind the last weights are the
    /// classes' own and have no features to weigh. Poolings and dropouts are passed over, for they only make what is in front of them coarser.
    /// </summary>
    private static LayerChoice Choose(CnnModel model, IReadOnlyList<int[]> shapes, int[] ends)
    {
        var nodes = model.Network.Nodes;
        var end = ends[0];
        var isUsual = end == nodes.Count - 1;
        var gates = NetworkAnalysis.Gates(model.Network, end);
        var needed = NeededByAll(model.Network, ends);
        var isWeighed = false;
        for (var i = end; i > 0; i--)
        {
            if (isWeighed && gates[i] && needed[i] && HasExtent(shapes[i]) && !OnlyCoarsens(nodes, i))
            {
                var behind = isUsual ? "the network pools and classifies" : $"'{nodes[end].Name}'";
                return new LayerChoice([i], $"the last layer with extent ({shapes[i][1]}×{shapes[i][2]}, {shapes[i][0]} maps) before {behind}");
            }
            isWeighed |= gates[i] && nodes[i].Operation is Dense or Convolution or RadialBasis;
        }
        throw Errors.MethodUnsupported(model.Name, "A class activation map", isUsual
            ? "no layer of it has maps that everything behind goes through"
            : $"no layer in front of '{nodes[end].Name}' has maps that everything behind goes through; name one with -Layer, or take a method of the pixels");
    }

    private static bool OnlyCoarsens(IReadOnlyList<Node> nodes, int position) => nodes[position].Operation switch
    {
        Dropout or MaxPooling or AveragePooling or AdaptiveAveragePooling or Subsampling => true,
        Activation => OnlyCoarsens(nodes, nodes[position].Inputs[0]),
        _ => false,
    };

    private static bool HasExtent(int[] shape) => shape is [_, var height, var width] && height * width > 1;
}
