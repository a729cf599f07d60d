using CnnViz.Networks;
using CnnViz.Networks.Operations;

namespace CnnViz.Reading.Saliency;

/// <summary>The layers that class activation maps are read at.</summary>
/// <param name="Positions">Their positions in the network, in order.</param>
/// <param name="Reason">Why they were chosen; null where the user named them.</param>
internal sealed record LayerChoice(int[] Positions, string? Reason)
{
    /// <summary>The layers that were named, or else the last one that still knows where it looks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">Names or wildcards; empty to choose.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>; <c>LayerWithoutExtent</c>: it has no maps of more than one value.</exception>
    public static LayerChoice Make(CnnModel model, IReadOnlyList<string> layers)
    {
        var shapes = NetworkAnalysis.OutputShapes(model.Network, model.InputShape);
        if (layers.Count == 0)
            return Choose(model, shapes);
        int[] positions = [.. layers.SelectMany(model.Network.Match).Distinct().Order()];
        foreach (var position in positions)
        {
            if (!HasExtent(shapes[position]))
                throw Errors.LayerWithoutExtent(model.Name, model.Network.Nodes[position].Name, shapes[position], model.Network.Nodes[Choose(model, shapes).Positions[0]].Name);
        }
        return new LayerChoice(positions, null);
    }

    /// <summary>
    /// The last node that everything behind goes through and that has extent. Poolings, dropouts and a convolution that gives the classes' own maps are
    /// passed over: the first only make what is in front of them coarser, and the last has no features to weigh.
    /// </summary>
    private static LayerChoice Choose(CnnModel model, IReadOnlyList<int[]> shapes)
    {
        var nodes = model.Network.Nodes;
        var gates = Gates(model.Network);
        for (var i = nodes.Count - 1; i > 0; i--)
        {
            if (!gates[i] || !HasExtent(shapes[i]) || shapes[i][0] == model.ClassCount || nodes[i].Operation is Dropout or MaxPooling or AveragePooling or AdaptiveAveragePooling)
                continue;
            return new LayerChoice([i], $"the last layer with extent ({shapes[i][1]}×{shapes[i][2]}, {shapes[i][0]} maps) before the network pools and classifies");
        }
        throw Errors.MethodUnsupported(model.Name, "A class activation map", "no layer of it has maps that everything behind goes through");
    }

    /// <summary>The nodes that every way from the input to the output goes through.</summary>
    private static bool[] Gates(Network network)
    {
        var nodes = network.Nodes;
        var needed = NetworkAnalysis.NeededForOutput(network);
        var gates = new bool[nodes.Count];
        var reach = 0;
        // A node is a gate where no edge leads from before it to behind it, and nothing needed stands beside it.
        var last = new int[nodes.Count];
        for (var i = 1; i < nodes.Count; i++)
        {
            foreach (var input in needed[i] ? nodes[i].Inputs : [])
                last[input] = Math.Max(last[input], i);
        }
        for (var i = 0; i < nodes.Count; i++)
        {
            if (!needed[i])
                continue;
            gates[i] = reach <= i;
            reach = Math.Max(reach, last[i]);
        }
        return gates;
    }

    private static bool HasExtent(int[] shape) => shape is [_, var height, var width] && height * width > 1;
}
