namespace CnnViz.Networks;

/// <summary>What can be told about a network without running it: shapes, parameters, multiply-adds, receptive field, activation bytes.</summary>
public static class NetworkAnalysis
{
    private const int BytesPerValue = sizeof(float);

    /// <summary>The output shape of every node, batch left out.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">The shape of an image, <c>[C, H, W]</c>.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: a node cannot take its input.</exception>
    public static IReadOnlyList<int[]> OutputShapes(Network network, int[] inputShape)
    {
        var shapes = new int[network.Nodes.Count][];
        shapes[0] = inputShape;
        for (var i = 1; i < shapes.Length; i++)
        {
            var node = network.Nodes[i];
            shapes[i] = node.Operation.OutputShape([.. node.Inputs.Select(input => shapes[input])]);
        }
        return shapes;
    }

    /// <summary>A row for every node but the input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">The shape of an image; null for the network's own.</param>
    /// <param name="batchSize">Images computed together, for the activation bytes.</param>
    public static IReadOnlyList<LayerInfo> Layers(Network network, int[]? inputShape = null, int batchSize = 1)
    {
        var shapes = OutputShapes(network, inputShape ?? network.InputShape);
        var fields = ReceptiveFields(network);
        return
        [
            .. network.Nodes.Select((node, i) => new LayerInfo
            {
                Name = node.Name,
                Type = node.Operation.Type,
                OutputShape = shapes[i],
                ParameterCount = node.Operation.Parameters.Where(spec => spec.IsTrainable).Sum(spec => spec.Count),
                MultiplyAdds = node.Operation.MultiplyAdds(shapes[i]) * batchSize,
                ReceptiveField = fields[i].Size,
                Stride = fields[i].Stride,
                ActivationBytes = shapes[i].Aggregate((long)batchSize * BytesPerValue, (product, extent) => product * extent),
            }).Skip(1),
        ];
    }

    /// <summary>
    /// The receptive field of every node in input pixels and the input pixels between its neighbours: r ← r + (k − 1)·j, j ← j·s, the larger at a join.
    /// Null values once a node sees the whole image.
    /// </summary>
    private static (int? Size, int? Stride)[] ReceptiveFields(Network network)
    {
        var fields = new (int? Size, int? Stride)[network.Nodes.Count];
        fields[0] = (1, 1);
        for (var i = 1; i < fields.Length; i++)
        {
            var node = network.Nodes[i];
            var inputs = node.Inputs.Select(input => fields[input]).ToArray();
            var (size, stride) = inputs.Any(field => field.Size is null) ? (null, null) : inputs.MaxBy(field => field.Size);
            fields[i] = node.Operation.SeesAll
                ? (null, null)
                : node.Operation.Window is { } window
                    ? (size + (window.Size - 1) * stride, stride * window.Stride)
                    : (size, stride);
        }
        return fields;
    }
}
