using CnnViz.Networks;
using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Bounded;

/// <summary>What an objective sees of a network: sums over the positions of layers, which can be computed strip by strip, and layers as a whole.</summary>
internal sealed class ObjectiveView
{
    /// <summary>Takes an objective apart.</summary>
    /// <param name="network">The network.</param>
    /// <param name="objective">The objective.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>.</exception>
    public ObjectiveView(Network network, Objective objective)
    {
        string[] layers = [.. objective.Layers];
        Nodes = layers.ToDictionary(layer => layer, layer => Objective.Position(network, layer), StringComparer.Ordinal);
        var parts = objective.Parts.Distinct().ToArray();
        Summed = parts.Where(part => part.Objective is SummedObjective).ToLookup(part => Nodes[((SummedObjective)part.Objective).Layer]);
        Whole = parts.Where(part => part.Objective is not SummedObjective).SelectMany(part => part.Objective.Layers).Distinct()
            .ToDictionary(layer => layer, layer => Nodes[layer], StringComparer.Ordinal);
    }

    /// <summary>The nodes of all layers.</summary>
    public IReadOnlyDictionary<string, int> Nodes { get; }

    /// <summary>The objectives that need nothing but sums over a node's positions.</summary>
    public ILookup<int, ObjectivePart> Summed { get; }

    /// <summary>The nodes of the layers that are needed whole.</summary>
    public Dictionary<string, int> Whole { get; }

    /// <summary>What such an objective sums up, of some rows.</summary>
    /// <param name="part">The objective.</param>
    /// <param name="values">The rows, batch first.</param>
    /// <param name="firstRow">The row of the layer that they begin with.</param>
    public static Tensor Sum(ObjectivePart part, Tensor values, int firstRow)
    {
        var maps = SummedObjective.Maps(part.Picture is { } picture ? values.narrow(0, picture, 1) : values).to(ScalarType.Float32);
        return ((SummedObjective)part.Objective).Sum(maps, firstRow);
    }
}
