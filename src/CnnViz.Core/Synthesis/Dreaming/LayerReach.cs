using CnnViz.Networks;

namespace CnnViz.Synthesis.Dreaming;

/// <summary>Which sizes of pictures reach a layer: what lies behind it does not matter to a dream.</summary>
internal static class LayerReach
{
    /// <summary>Whether every layer of a dream has maps, or values, for a picture of that size.</summary>
    public static bool Takes(Network network, DreamLayers layers, int height, int width)
    {
        if (height < 1 || width < 1)
            return false;
        try
        {
            foreach (var (layer, _) in layers.Weights)
            {
                var front = new Network(network.Architecture, network.InputShape, [.. network.Nodes.Take(network.Position(layer) + 1)]);
                if (NetworkAnalysis.OutputShapes(front, [network.InputShape[0], height, width])[^1] is [])
                    return false;
            }
            return true;
        }
        catch (CnnVizException)
        {
            return false;
        }
    }

    /// <summary>The side of the smallest square that reaches all of them: the network's own at most.</summary>
    public static int SmallestSide(Network network, DreamLayers layers)
    {
        var largest = Math.Max(network.InputShape[1], network.InputShape[2]);
        return Enumerable.Range(1, largest).First(side => side == largest || Takes(network, layers, side, side));
    }
}
