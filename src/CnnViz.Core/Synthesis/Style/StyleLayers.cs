using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;

namespace CnnViz.Synthesis.Style;

/// <summary>Which layers of a network a style transfer looks at.</summary>
/// <param name="Content">The layers of the content.</param>
/// <param name="Style">The layers of the style, each with its λ.</param>
/// <param name="Reason">Why those, in words for the user; null where all were named.</param>
public sealed record StyleLayers(IReadOnlyList<string> Content, IReadOnlyList<LayerWeight> Style, string? Reason)
{
    private const int Most = 5;

    private static readonly Dictionary<string, (string Content, string[] Style)> Known = new(StringComparer.Ordinal)
    {
        [SqueezeNet.Name10] = ("features.8", ["features.1", "features.3", "features.5", "features.8", "features.10"]),
        [SqueezeNet.Name11] = ("features.7", ["features.1", "features.3", "features.4", "features.7", "features.10"]),
        [GoogLeNet.Name] = ("inception3b", ["conv1", "conv3", "inception3a", "inception4a", "inception4b"]),
        [InceptionV3.Name] = ("Mixed_5d", ["Conv2d_2b_3x3", "Conv2d_4a_3x3", "Mixed_5b", "Mixed_6a", "Mixed_6b"]),
    };

    /// <summary>Checks the layers that are named, and chooses those that are not.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What is wanted.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>; <c>ArgumentInvalid</c>: weights that are negative, no numbers or all zero.</exception>
    public static StyleLayers Of(Network network, StyleOptions options)
    {
        foreach (var layer in options.ContentLayer.Concat(options.StyleLayer.Select(layer => layer.Layer)))
            network.Position(layer);
        var shapes = NetworkAnalysis.OutputShapes(network, network.InputShape);
        if (options.StyleLayer.Any(layer => shapes[network.Position(layer.Layer)].Length == 1))
            throw Errors.ArgumentInvalid(
                nameof(options.StyleLayer), string.Join(',', options.StyleLayer), "layers with maps, for a style is what their positions share");
        if (options.StyleLayer.Any(layer => !(layer.Weight >= 0 && double.IsFinite(layer.Weight))))
            throw Errors.ArgumentInvalid(nameof(options.StyleLayer), string.Join(',', options.StyleLayer), "weights of 0 or more");
        if (options.StyleLayer.Count > 0 && options.StyleLayer.All(layer => layer.Weight == 0))
            throw Errors.ArgumentInvalid(nameof(options.StyleLayer), string.Join(',', options.StyleLayer), "at least one weight above 0: layers that weigh nothing have no style");
        LayerWeight[] given = [.. options.StyleLayer.Where(layer => layer.Weight > 0)];
        if (given.Length > 0 && options.ContentLayer.Count > 0)
            return new StyleLayers(options.ContentLayer, given, null);
        var (content, style, reason) = Choose(network);
        return new StyleLayers(
            options.ContentLayer.Count > 0 ? options.ContentLayer : [content],
            given.Length > 0 ? given : [.. style.Select(layer => new LayerWeight(layer))],
            reason);
    }

    private static (string Content, string[] Style, string Reason) Choose(Network network) =>
        Known.TryGetValue(network.Architecture, out var known) ? (known.Content, known.Style, $"as is usual with {network.Architecture}")
        : Sizes(network) is not { Count: > 0 } sizes ? throw Errors.ArgumentInvalid("StyleLayer", "", $"to be named: no layer of {network.Architecture} has maps of more than one value")
        : IsChain(network) ? Chain(network, sizes)
        : Branching(network, sizes);

    /// <summary>As Gatys et al. with VGG: the first activation at each size for style, and for content the second at the last but one.</summary>
    private static (string Content, string[] Style, string Reason) Chain(Network network, List<int[]> sizes)
    {
        int[][] activations = [.. sizes.Select(nodes => Array.FindAll(nodes, node => network.Nodes[node].Operation is Activation)).Where(nodes => nodes.Length > 0).Take(Most)];
        if (activations.Length == 0)
            return Branching(network, sizes);
        var last = activations[Math.Max(0, activations.Length - 2)];
        return (
            network.Nodes[last[Math.Min(1, last.Length - 1)]].Name,
            [.. activations.Select(nodes => network.Nodes[nodes[0]].Name)],
            "the first activation at each size for style, the second at the last but one for content");
    }

    /// <summary>What each size ends with, and for content in the middle.</summary>
    private static (string Content, string[] Style, string Reason) Branching(Network network, List<int[]> sizes)
    {
        string[] last = [.. sizes.Take(Most).Select(nodes => network.Nodes[nodes[^1]].Name)];
        return (last[last.Length / 2], last, "what each size of maps ends with for style, that in the middle for content");
    }

    private static bool IsChain(Network network) =>
        Enumerable.Range(1, network.Nodes.Count - 1).All(i => network.Nodes[i].Inputs is [var input] && input == i - 1);

    /// <summary>
    /// The nodes that everything goes through and that features are read of, grouped by the size of their maps, from large to small. Where there are
    /// classes, what has no weights behind it is theirs.
    /// </summary>
    private static List<int[]> Sizes(Network network)
    {
        var shapes = NetworkAnalysis.OutputShapes(network, network.InputShape);
        var gates = NetworkAnalysis.Gates(network, network.Nodes.Count - 1);
        var end = network.HasClasses
            ? Enumerable.Range(0, network.Nodes.Count).LastOrDefault(i =>
                gates[i] && network.Nodes[i].Operation is Dense or Convolution or RadialBasis)
            : 0;
        // A network may have classes and no weights.
        end = end == 0 ? network.Nodes.Count : end;
        return
        [
            .. Enumerable.Range(1, end - 1)
                .Where(i => gates[i] && shapes[i] is [_, > 1, > 1] && network.Nodes[i].Operation is not (MaxPooling or AveragePooling or AdaptiveAveragePooling or Dropout or Subsampling))
                .GroupBy(i => (shapes[i][1], shapes[i][2]))
                .OrderByDescending(size => size.Key.Item1 * size.Key.Item2)
                .Select(size => size.ToArray()),
        ];
    }
}
