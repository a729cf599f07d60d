namespace CnnViz.Networks;

/// <summary>What can be told about a network without running it: shapes, parameters, multiply-adds, receptive field, activation bytes.</summary>
public static class NetworkAnalysis
{
    private const int BytesPerValue = sizeof(float);

    /// <summary>
    /// The output shape of every node, batch left out. Empty for a side branch that the network's output does not need (an auxiliary head) where it
    /// cannot take an image of that size.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">The shape of an image, <c>[C, H, W]</c>.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: a node that the output needs cannot take its input.</exception>
    public static IReadOnlyList<int[]> OutputShapes(Network network, int[] inputShape) => OutputShapes(network, inputShape, network.Nodes.Count - 1);

    /// <summary>The same, where nodes are asked for instead of the output: a picture may be too small for what lies behind them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">The shape of an image, <c>[C, H, W]</c>.</param>
    /// <param name="positions">The nodes.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: a node that they need cannot take its input.</exception>
    internal static IReadOnlyList<int[]> OutputShapes(Network network, int[] inputShape, params ReadOnlySpan<int> positions) =>
        OutputShapes(network, inputShape, Needed(network, positions));

    /// <inheritdoc cref="OutputShapes(Network, int[], ReadOnlySpan{int})"/>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">The shape of an image, <c>[C, H, W]</c>.</param>
    /// <param name="needed">Which nodes are needed.</param>
    internal static IReadOnlyList<int[]> OutputShapes(Network network, int[] inputShape, bool[] needed)
    {
        var shapes = new int[network.Nodes.Count][];
        shapes[0] = inputShape;
        for (var i = 1; i < shapes.Length; i++)
        {
            var node = network.Nodes[i];
            int[][] inputs = [.. node.Inputs.Select(input => shapes[input])];
            try
            {
                shapes[i] = inputs.Any(shape => shape.Length == 0) ? [] : node.Operation.OutputShape(inputs);
            }
            catch (CnnVizException) when (!needed[i])
            {
                shapes[i] = [];
            }
        }
        return shapes;
    }

    /// <summary>The side of the smallest square of which all of some nodes make something.</summary>
    /// <param name="network">The network.</param>
    /// <param name="needed">The nodes.</param>
    internal static int SmallestSide(Network network, bool[] needed)
    {
        var largest = Math.Max(network.InputShape[1], network.InputShape[2]);
        return Enumerable.Range(1, largest).First(side => side == largest || IsEnough(side));

        bool IsEnough(int side)
        {
            try
            {
                var shapes = OutputShapes(network, [network.InputShape[0], side, side], needed);
                return Enumerable.Range(0, shapes.Count).All(i => !needed[i] || shapes[i].All(extent => extent > 0));
            }
            catch (CnnVizException)
            {
                return false;
            }
        }
    }

    /// <summary>A row for every node but the input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">The shape of an image; null for the network's own.</param>
    /// <param name="batchSize">Images computed together, for multiply-adds and activation bytes.</param>
    public static IReadOnlyList<LayerInfo> Layers(Network network, int[]? inputShape = null, int batchSize = 1)
    {
        var shapes = OutputShapes(network, inputShape ?? network.InputShape);
        var fields = ReceptiveFields(network, shapes);
        return [.. Enumerable.Range(1, shapes.Count - 1).Select(i => Layer(network.Nodes[i], shapes[i], fields[i], batchSize))];
    }

    private static LayerInfo Layer(Node node, int[] shape, ReceptiveField? field, int batchSize) => new()
    {
        Name = node.Name,
        Type = node.Operation.Type,
        OutputShape = shape,
        ParameterCount = node.Operation.Parameters.Where(spec => spec.IsTrainable).Sum(spec => spec.Count),
        MultiplyAdds = shape.Length == 0 ? 0 : node.Operation.MultiplyAdds(shape) * batchSize,
        ReceptiveField = field is { } seen ? (int)Math.Ceiling(Math.Max(seen.Height, seen.Width)) : null,
        Stride = field is { VerticalStep: >= 1 } step ? (int)step.VerticalStep : null,
        ActivationBytes = shape.Length == 0 ? 0 : shape.Aggregate((long)batchSize * BytesPerValue, (product, extent) => product * extent),
    };

    /// <summary>What a value of every node sees of the input, the larger at a join; null once a node sees the whole image.</summary>
    private static ReceptiveField?[] ReceptiveFields(Network network, IReadOnlyList<int[]> shapes)
    {
        var fields = new ReceptiveField?[network.Nodes.Count];
        fields[0] = ReceptiveField.Pixel;
        for (var i = 1; i < fields.Length; i++)
        {
            var node = network.Nodes[i];
            var joined = node.Inputs.Select(input => fields[input]).Aggregate((one, other) => one is { } field && other is { } more ? field.With(more) : null);
            fields[i] = joined is { } inputField && shapes[i].Length > 0 ? node.Operation.Widen(inputField, shapes[node.Inputs[0]]) : null;
        }
        return fields;
    }

    /// <summary>
    /// The node and all earlier ones that something behind it needs: given their outputs, the part behind the node runs by itself.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="position">The node.</param>
    /// <param name="wanted">The nodes that the part behind is to give; none for the output.</param>
    internal static int[] Cut(Network network, int position, params ReadOnlySpan<int> wanted)
    {
        var needed = wanted.IsEmpty ? NeededForOutput(network) : Needed(network, wanted);
        var cut = new SortedSet<int> { position };
        for (var i = position + 1; i < needed.Length; i++)
        {
            foreach (var input in needed[i] ? network.Nodes[i].Inputs : [])
            {
                if (input < position)
                    cut.Add(input);
            }
        }
        return [.. cut];
    }

    /// <summary>How many inputs of other nodes each node's output is.</summary>
    internal static int[] Uses(Network network)
    {
        var uses = new int[network.Nodes.Count];
        foreach (var input in network.Nodes.SelectMany(node => node.Inputs))
            uses[input]++;
        return uses;
    }

    /// <summary>The nodes that every way from the input to a node goes through.</summary>
    internal static bool[] Gates(Network network, int end)
    {
        var nodes = network.Nodes;
        var needed = Needed(network, end);
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

    /// <summary>Which nodes the output depends on.</summary>
    internal static bool[] NeededForOutput(Network network) => Needed(network, network.Nodes.Count - 1);

    /// <summary>Which nodes some nodes depend on, themselves among them.</summary>
    internal static bool[] Needed(Network network, params ReadOnlySpan<int> wanted)
    {
        var needed = new bool[network.Nodes.Count];
        foreach (var position in wanted)
            needed[position] = true;
        for (var i = needed.Length - 1; i > 0; i--)
        {
            foreach (var input in needed[i] ? network.Nodes[i].Inputs : [])
                needed[input] = true;
        }
        return needed;
    }

    /// <summary>The nodes that every way from the input to a node goes through.</summary>
    /// <param name="network">The network.</param>
    /// <param name="end">The position of that node; left out, the output.</param>
    internal static bool[] Gates(Network network, int? end = null)
    {
        var nodes = network.Nodes;
        var needed = Needed(network, end ?? nodes.Count - 1);
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
}
