using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Reading;

/// <summary>What the layers of a model make of pictures.</summary>
public static class FeatureReader
{
    /// <summary>The activations of the wanted layers, picture after picture, layer after layer. The pass stops at the deepest of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The pictures; they are computed together.</param>
    /// <param name="options">Which layers and channels.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, <c>IndexOutOfRange</c>, <c>ShapeMismatch</c>, <c>ModelDisposed</c>.</exception>
    public static IReadOnlyList<FeatureMap> Read(CnnModel model, IReadOnlyList<CnnImage> images, FeatureMapOptions options)
    {
        var positions = FindLayers(model, options);
        var prepared = images.Select(image => NetworkInput.Prepare(model, image, options.Preprocessing)).ToArray();
        var activations = Compute(model, prepared, positions);
        var batch = Recipes.Of("Get-FeatureMap", [model], prepared.Length, options);
        var maps = new List<FeatureMap>();
        for (var i = 0; i < prepared.Length; i++)
        {
            var recipe = batch.OfImage(prepared[i], i);
            for (var j = 0; j < positions.Length; j++)
            {
                var (values, channels) = Choose(OfImage(activations[j], i), options);
                maps.Add(new FeatureMap
                {
                    Image = prepared[i],
                    Layer = model.Network.Nodes[positions[j]].Name,
                    Values = values,
                    Channels = channels,
                    Model = model,
                    Recipe = recipe with { ResultIndex = j },
                });
            }
        }
        return maps;
    }

    /// <summary>The positions of the wanted layers in the network, in order; nothing is computed.</summary>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, <c>IndexOutOfRange</c>: one of them has no such channel; <c>ArgumentInvalid</c>: Top is below 1.</exception>
    public static int[] FindLayers(CnnModel model, FeatureMapOptions options)
    {
        if (options.Top < 1)
            throw Errors.ArgumentInvalid(nameof(options.Top), options.Top, "1 or more");
        int[] positions = [.. options.Layer.SelectMany(model.Network.Match).Distinct().Order()];
        var shapes = NetworkAnalysis.OutputShapes(model.Network, model.InputShape);
        foreach (var position in positions)
        {
            var count = shapes[position][0];
            var unknown = options.Channel.Where(channel => channel < 0 || channel >= count).ToArray();
            if (unknown.Length > 0)
                throw Errors.IndexOutOfRange("Channel", unknown[0], count, owner: $"layer '{model.Network.Nodes[position].Name}'");
        }
        return positions;
    }

    private static CnnTensor[] Compute(CnnModel model, CnnImage[] images, int[] positions)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        return Array.ConvertAll(model.Interpreter().Run(NetworkInput.Batch(model, images), positions), tensor => TensorTransfer.ToManaged(tensor));
    }

    private static CnnTensor OfImage(CnnTensor batch, int index)
    {
        var size = batch.Count / batch.Shape[0];
        int[] shape = batch.Shape is [_, var channels, var height, var width] ? [channels, height, width] : [size, 1, 1];
        return new CnnTensor(batch.Data.AsSpan(index * size, size).ToArray(), shape, "CHW");
    }

    private static (CnnTensor Values, int[] Channels) Choose(CnnTensor values, FeatureMapOptions options)
    {
        var (count, size) = (values.Shape[0], values.Shape[1] * values.Shape[2]);
        int[] channels = options.Channel.Count == 0 ? [.. Enumerable.Range(0, count)] : [.. options.Channel];
        if (options.Top is { } top)
            channels = [.. channels.OrderByDescending(channel => Sum(values.Data.AsSpan(channel * size, size))).Take(top)];
        if (channels.Length == count && channels.SequenceEqual(Enumerable.Range(0, count)))
            return (values, channels);
        var chosen = new float[channels.Length * size];
        for (var i = 0; i < channels.Length; i++)
            values.Data.AsSpan(channels[i] * size, size).CopyTo(chosen.AsSpan(i * size));
        return (new CnnTensor(chosen, [channels.Length, values.Shape[1], values.Shape[2]], "CHW"), channels);
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }
}
