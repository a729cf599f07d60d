using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Zoo;

namespace CnnViz.Synthesis.Dreaming;

/// <summary>The layers of a dream.</summary>
/// <param name="Weights">Their names and how much each counts, in the order of the network.</param>
/// <param name="Reason">Why they were chosen; null where the user named them.</param>
public sealed record DreamLayers(IReadOnlyList<(string Layer, double Weight)> Weights, string? Reason)
{
    private const double Depth = 0.6;
    private const string DenseBlock = "features.denseblock3";

    // Keras' mixed4 to mixed7.
    private static readonly (string, double)[] KerasLayers = [("Mixed_6b", 1), ("Mixed_6c", 1.5), ("Mixed_6d", 2), ("Mixed_6e", 2.5)];

    /// <summary>Whether they are those of Keras' example, in whose units its limit of the objective is.</summary>
    internal bool IsKerasExample => Reason is not null && Weights.Count == KerasLayers.Length;

    /// <summary>The names, for people.</summary>
    public string Names => string.Join(", ", Weights.Select(pair => pair.Layer));

    /// <summary>The layers that were named, or else some that suit the network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">The settings.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>; <c>ArgumentInvalid</c>: not as many weights as layers; <c>IndexOutOfRange</c>: a channel.</exception>
    public static DreamLayers Make(Network network, DreamOptions options)
    {
        if (options.LayerWeight.Count != 0 && options.LayerWeight.Count != options.Layer.Count)
            throw Errors.ArgumentInvalid(nameof(options.LayerWeight), string.Join(',', options.LayerWeight), $"a weight for each of the {options.Layer.Count} layers of -Layer");
        var layers = options.Layer.Count == 0 ? Choose(network, options.Preset) : Named(network, options);
        var shapes = NetworkAnalysis.OutputShapes(network, network.InputShape);
        foreach (var (layer, _) in layers.Weights)
        {
            var count = shapes[network.Position(layer)] is [var channels, ..] ? channels : 0;
            foreach (var channel in options.Channel.Where(channel => channel < 0 || channel >= count))
                throw Errors.IndexOutOfRange($"Channel of layer '{layer}'", channel, count);
        }
        return layers;
    }

    private static DreamLayers Named(Network network, DreamOptions options)
    {
        var weights = new SortedDictionary<int, double>();
        for (var i = 0; i < options.Layer.Count; i++)
        {
            foreach (var position in network.Match(options.Layer[i]))
                weights[position] = options.LayerWeight.Count == 0 ? 1 : options.LayerWeight[i];
        }
        return new DreamLayers([.. weights.Select(pair => (network.Nodes[pair.Key].Name, pair.Value))], null);
    }

    private static DreamLayers Choose(Network network, DreamPreset preset) => (network.Architecture, preset) switch
    {
        (GoogLeNet.Name, _) => new([("inception4c", 1)], "the layer of Google's own dreams"),
        (InceptionV3.Name, DreamPreset.Keras) => new(KerasLayers, "the layers and weights of Keras' example"),
        // Whose layers all add to the block that they stand in.
        _ when network.Nodes.Any(node => node.Name.StartsWith(DenseBlock, StringComparison.Ordinal)) => new([(DenseBlock, 1)], "the third of its four blocks: textures and parts, neither strokes nor whole classes"),
        _ => Middle(network),
    };

    /// <summary>
    /// Early layers dream of edges and strokes, the last ones of scattered pieces of classes. In between are textures, eyes and parts of objects: at three fifths
    /// of the modules, where Google's layer is, too.
    /// </summary>
    private static DreamLayers Middle(Network network)
    {
        var shapes = NetworkAnalysis.OutputShapes(network, network.InputShape);
        var gates = NetworkAnalysis.Gates(network);
        int[] ends = [.. Enumerable.Range(1, network.Nodes.Count - 1).Where(i => gates[i] && shapes[i] is [_, > 1, > 1] && IsEnd(network, i))];
        if (ends.Length == 0)
            throw Errors.ArgumentInvalid(nameof(DreamOptions.Layer), "", $"the name of a layer: {network.Architecture} has none with maps that all of its output goes through");
        var place = (int)(Depth * ends.Length);
        return new([(network.Nodes[ends[place]].Name, 1)],
            $"module {place + 1} of the {ends.Length} that have maps: at three fifths of the way are textures and parts, neither strokes nor whole classes");
    }

    /// <summary>The last node of a module, neither a pooling nor a dropout, nor a convolution that is normalised or rectified right away.</summary>
    private static bool IsEnd(Network network, int position) =>
        network.Nodes[position].Operation is not (Dropout or MaxPooling or AveragePooling or AdaptiveAveragePooling or Subsampling or LocalResponseNormalization)
        && !network.Nodes.Skip(position + 1).Any(node => Module(node.Name) == Module(network.Nodes[position].Name))
        && !(network.Nodes[position].Operation is Convolution or BatchNormalization
            && network.Nodes.Any(node => node.Inputs.Contains(position) && node.Operation is (BatchNormalization or Activation)));

    /// <summary>The module that a node belongs to: numbered ones to the number (<c>features.7</c>, <c>layer3.2</c>), others by all but the last part of the name.</summary>
    private static string Module(string name)
    {
        var parts = name.Split('.');
        var number = Array.FindIndex(parts, part => part.All(char.IsAsciiDigit));
        return string.Join('.', parts[..(number >= 0 ? number + 1 : Math.Max(1, parts.Length - 1))]);
    }
}
