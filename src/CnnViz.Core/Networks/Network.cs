namespace CnnViz.Networks;

/// <summary>
/// A network as data: named nodes in order, the first being the input and the last giving the logits. Nothing in it runs and nothing holds memory;
/// <see cref="Interpreter"/> runs it, <see cref="NetworkAnalysis"/> counts it.
/// </summary>
public sealed class Network
{
    private readonly Dictionary<string, int> _positions;

    internal Network(string architecture, int[] inputShape, IReadOnlyList<Node> nodes)
    {
        Architecture = architecture;
        Name = architecture;
        InputShape = inputShape;
        Nodes = nodes;
        _positions = nodes.Select((node, position) => (node.Name, position)).ToDictionary(pair => pair.Name, pair => pair.position, StringComparer.Ordinal);
        Parameters = [.. nodes.SelectMany(node => node.Operation.Parameters.Select(spec => (Name: $"{node.Name}.{spec.Name}", Spec: spec)))];
        var output = NetworkAnalysis.OutputShapes(this, inputShape)[^1];
        ClassCount = output.Aggregate(1, (product, extent) => product * extent);
        HasClasses = output is [_] or [_, 1, 1];
    }

    /// <summary>The name of the architecture, such as <c>lenet5</c>.</summary>
    public string Architecture { get; }

    /// <summary>What errors call it: the name of its model, or of its architecture.</summary>
    public string Name { get; private set; }

    /// <summary>The shape of an image as it goes in, <c>[C, H, W]</c>.</summary>
    public int[] InputShape { get; }

    /// <summary>The classes that it tells apart: the length of its logits.</summary>
    public int ClassCount { get; }

    /// <summary>The descriptions that a sequential network was built from; empty for one that is built by its architecture's name.</summary>
    public IReadOnlyList<string> Layers { get; init => field = value.ToArray(); } = [];

    /// <summary>True where it ends in a logit a class; false where it ends in maps.</summary>
    public bool HasClasses { get; }

    /// <summary>The nodes in the order of computation; the first is the input.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>All parameters and buffers by their full names, in the order of the nodes.</summary>
    public IReadOnlyList<(string Name, ParameterSpec Spec)> Parameters { get; }

    /// <summary>The number of trainable values.</summary>
    public long ParameterCount => Parameters.Where(parameter => parameter.Spec.IsTrainable).Sum(parameter => parameter.Spec.Count);

    /// <summary>The position of a node, or of the last node of a module: <c>layer4</c> is what <c>layer4.1.relu_1</c> gives.</summary>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, with the nearest names.</exception>
    public int Position(string name) => _positions.TryGetValue(name, out var position) || (position = LastOf(name)) > 0
        ? position
        : throw Errors.LayerNotFound(Name, name, NearestNames.Of(name, Nodes.Skip(1).Select(node => node.Name)));

    /// <summary>The nodes whose names match a wildcard (<c>*</c> and <c>?</c>), in order; the input is never among them.</summary>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>: none matches; with the nearest names.</exception>
    public IReadOnlyList<int> Match(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0 && Position(pattern) is > 0 and var position)
            return [position];
        int[] found = [.. Enumerable.Range(1, Nodes.Count - 1)
            .Where(i => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, Nodes[i].Name, ignoreCase: false))];
        return found.Length > 0
            ? found
            : throw Errors.LayerNotFound(Name, pattern, NearestNames.Of(pattern, Nodes.Skip(1).Select(node => node.Name)));
    }

    /// <summary>The same network under another name.</summary>
    /// <param name="name">What errors are to call it.</param>
    internal Network Called(string name)
    {
        var other = (Network)MemberwiseClone();
        other.Name = name;
        return other;
    }

    private int LastOf(string module)
    {
        for (var i = Nodes.Count - 1; i > 0; i--)
        {
            if (Nodes[i].Name.Length > module.Length && Nodes[i].Name[module.Length] == '.' && Nodes[i].Name.StartsWith(module, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }
}
