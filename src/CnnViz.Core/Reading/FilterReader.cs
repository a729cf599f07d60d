using CnnViz.Networks;
using CnnViz.Networks.Operations;

namespace CnnViz.Reading;

/// <summary>The kernels of convolutions.</summary>
public static class FilterReader
{
    /// <summary>The kernels of the convolutions whose names match.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layer">The dotted name of a layer; with wildcards, the convolutions among the layers that match.</param>
    /// <param name="indices">The output channels wanted; empty for all.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>: no such layer, or none with kernels; <c>IndexOutOfRange</c>.</exception>
    public static IReadOnlyList<CnnFilter> Read(CnnModel model, string layer, IReadOnlyList<int> indices)
    {
        var nodes = model.Network.Match(layer).Select(position => model.Network.Nodes[position]).Where(node => node.Operation is Convolution).ToArray();
        if (nodes.Length == 0)
            throw Errors.LayerNotFound($"{model.Name}, among its convolutions,", layer, Convolutions(model.Network, layer));
        var recipe = Recipes.Of("Get-CnnFilter", [model], null, new FilterOptions { Layer = layer, Index = indices });
        var first = 0;
        var filters = new List<CnnFilter>();
        foreach (var node in nodes)
        {
            filters.AddRange(OfLayer(model, node, indices, recipe, first));
            first = filters.Count;
        }
        return filters.ToArray();
    }

    private static IReadOnlyList<string> Convolutions(Network network, string layer) =>
        NearestNames.Of(layer, network.Nodes.Where(node => node.Operation is Convolution).Select(node => node.Name));

    private static IEnumerable<CnnFilter> OfLayer(CnnModel model, Node node, IReadOnlyList<int> indices, Recipe recipe, int first)
    {
        var weight = model.GetParameter($"{node.Name}.weight");
        var bias = node.Operation is Convolution { HasBias: true } ? model.GetParameter($"{node.Name}.bias").Data : null;
        var (count, channels, height, width) = (weight.Shape[0], weight.Shape[1], weight.Shape[2], weight.Shape[3]);
        var size = channels * height * width;
        foreach (var index in indices.Count == 0 ? Enumerable.Range(0, count) : indices)
        {
            var own = recipe with { ResultIndex = first++ };
            if (index < 0 || index >= count)
                throw Errors.IndexOutOfRange("Filter", index, count, owner: $"layer '{node.Name}'");
            var values = new CnnTensor(weight.Data.AsSpan(index * size, size).ToArray(), [channels, height, width], "CHW");
            yield return new CnnFilter
            {
                Layer = node.Name,
                Index = index,
                Values = values,
                Bias = bias?[index],
                Image = Draw(values, $"{node.Name} {index}", own),
                Recipe = own,
            };
        }
    }

    /// <summary>0 becomes middle grey, the largest magnitude black or white.</summary>
    private static CnnImage Draw(CnnTensor kernel, string label, Recipe recipe)
    {
        var (channels, height, width) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2]);
        var largest = kernel.Data.Max(Math.Abs);
        var scaled = Array.ConvertAll(kernel.Data, value => largest == 0 ? 0.5f : 0.5f + 0.5f * value / largest);
        if (channels == 3)
            return new CnnImage(scaled, 3, height, width) { Label = label, Recipe = recipe };
        var row = new float[scaled.Length];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < height; y++)
                scaled.AsSpan((channel * height + y) * width, width).CopyTo(row.AsSpan(y * channels * width + channel * width));
        }
        return new CnnImage(row, 1, height, channels * width) { Label = label, Recipe = recipe };
    }
}
