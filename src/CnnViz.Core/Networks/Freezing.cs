using CnnViz.Networks.Operations;

namespace CnnViz.Networks;

/// <summary>
/// Parts of a network that a training leaves as they are. As a network is data, freezing is a rewrite of its nodes, and the frozen part in front
/// can be cut off as a network of its own.
/// </summary>
public static class Freezing
{
    /// <summary>
    /// The network with the wanted layers frozen, and with them those that its output does not depend on (the auxiliary heads of the Inception family):
    /// they would get no gradient.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="patterns">Names of layers, wildcards allowed; the name of a block (<c>features</c>, <c>layer1.0</c>) stands for all in it.</param>
    /// <param name="normalizations">Whether all batch normalisations are frozen too: they keep normalising by what they have seen.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>: a pattern fits nothing; with the nearest names.</exception>
    public static Network Apply(Network network, IEnumerable<string> patterns, bool normalizations = false)
    {
        var frozen = patterns.SelectMany(pattern => Match(network, pattern)).ToHashSet();
        if (normalizations)
            frozen.UnionWith(Enumerable.Range(1, network.Nodes.Count - 1).Where(i => network.Nodes[i].Operation is BatchNormalization));
        var needed = NetworkAnalysis.NeededForOutput(network);
        return new Network(network.Architecture, network.InputShape,
            [.. network.Nodes.Select((node, i) => i > 0 && (frozen.Contains(i) || !needed[i]) ? node with { Operation = new Frozen(node.Operation) } : node)]);
    }

    /// <summary>
    /// The position of the last node that all that follows goes through, and up to which nothing changes while training: what it gives for a picture is always the
    /// same. 0 where there is none, or nothing with parameters in front of it.
    /// </summary>
    /// <param name="network">A network that <see cref="Apply"/> gave.</param>
    public static int PrefixEnd(Network network)
    {
        var needed = NetworkAnalysis.NeededForOutput(network);
        var end = 0;
        // The node furthest back that is needed behind a position.
        var reach = new int[network.Nodes.Count];
        Array.Fill(reach, int.MaxValue);
        for (var i = reach.Length - 1; i > 0; i--)
            reach[i - 1] = Math.Min(reach[i], needed[i] ? network.Nodes[i].Inputs.DefaultIfEmpty(int.MaxValue).Min() : int.MaxValue);
        for (var i = 1; i < reach.Length - 1; i++)
        {
            if (needed[i] && !IsStill(network.Nodes[i].Operation))
                break;
            if (needed[i] && reach[i] >= i)
                end = i;
        }
        // Operations without parameters cost little, and their results are larger than the pictures: not worth keeping.
        return network.Nodes.Take(end + 1).Any(node => node.Operation.Parameters.Count > 0) ? end : 0;
    }

    /// <summary>The network behind a node, which becomes its input; nodes keep their names. What its output does not depend on is left out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="position">A node that all behind it goes through, as <see cref="PrefixEnd"/> gives it.</param>
    public static Network Behind(Network network, int position)
    {
        var needed = NetworkAnalysis.NeededForOutput(network);
        var places = new int[network.Nodes.Count];
        List<Node> nodes = [new Node("input", new Input(), [])];
        for (var i = position + 1; i < places.Length; i++)
        {
            if (!needed[i])
                continue;
            places[i] = nodes.Count;
            nodes.Add(network.Nodes[i] with { Inputs = [.. network.Nodes[i].Inputs.Select(input => places[input])] });
        }
        return new Network(network.Architecture, NetworkAnalysis.OutputShapes(network, network.InputShape)[position], nodes);
    }

    private static bool IsStill(Operation operation) => operation is Frozen || (operation.Parameters.Count == 0 && operation is not Dropout);

    private static IEnumerable<int> Match(Network network, string pattern)
    {
        bool Fits(string name, string expression) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(expression, name, ignoreCase: false);
        var found = Enumerable.Range(1, network.Nodes.Count - 1)
            .Where(i => Fits(network.Nodes[i].Name, pattern) || Fits(network.Nodes[i].Name, $"{pattern}.*"))
            .ToArray();
        return found.Length > 0 ? found : network.Match(pattern);
    }
}
