using System.Globalization;
using CnnViz.Imaging;
using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Sequential;

/// <summary>
/// Networks of one layer behind the other, from a readable list. The layers are named by the words that describe them and their number among those of
/// that word: <c>conv1</c>, <c>relu1</c>, <c>maxpool1</c>, <c>conv2</c> … <c>dense1</c>.
/// </summary>
public static class SequentialNetwork
{
    /// <summary>The name of their architecture.</summary>
    public const string Name = "sequential";

    /// <summary>The words that a layer's description may begin with.</summary>
    public static IReadOnlyList<string> LayerNames => LayerKinds.Names;

    /// <summary>Builds one.</summary>
    /// <param name="layers">Descriptions of layers, such as <c>conv 64 7x7 same relu</c>, <c>maxpool 2</c>, <c>flatten</c>, <c>dense 10</c>.</param>
    /// <param name="inputShape">The shape of an image as it goes in, <c>[C, H, W]</c>, C being 1 or 3.</param>
    /// <param name="kernels">Filters that the first convolution starts with, one for each of its maps; null for random ones.</param>
    /// <exception cref="CnnVizException"><c>LayerInvalid</c>: a word that is not understood, or a layer that cannot stand there; <c>ArgumentInvalid</c>.</exception>
    public static Network Build(IReadOnlyList<string> layers, int[] inputShape, IReadOnlyList<Kernel>? kernels = null)
    {
        if (layers.Count == 0)
            throw Errors.ArgumentInvalid("Layer", "", "at least one layer, such as 'conv 16 3x3 same relu'");
        if (inputShape is not [1 or 3, > 0, > 0])
            throw Errors.ArgumentInvalid("InputShape", string.Join(',', inputShape), "channels (1 for grey, 3 for colour), height and width, such as 1,28,28");
        var builder = new NetworkBuilder();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var shape = inputShape;
        var filters = kernels;
        var texts = new List<string>();
        foreach (var layer in layers)
        {
            var words = new DescriptionWords(layer, Errors.LayerInvalid);
            texts.Add(words.Text);
            foreach (var (kind, described) in LayerKinds.Read(words, shape))
            {
                var operation = described;
                if (filters is not null && operation is Convolution convolution)
                    (operation, filters) = (WithKernels(convolution, filters), null);
                shape = OutputShape(operation, shape, words.Text);
                numbers[kind] = numbers.GetValueOrDefault(kind) + 1;
                builder.Add(string.Create(CultureInfo.InvariantCulture, $"{kind}{numbers[kind]}"), operation);
            }
        }
        return filters is null
            ? builder.Build(Name, inputShape, texts)
            : throw Errors.ArgumentInvalid("Kernel", $"{filters.Count} filters", "a 'conv' among the layers to take them");
    }

    /// <summary>The same network with another number of classes: the last layer with weights makes so many values.</summary>
    /// <param name="network">A network that <see cref="Build"/> gave.</param>
    /// <param name="classCount">The classes to tell apart.</param>
    internal static Network WithClasses(Network network, int classCount)
    {
        var layers = network.Layers.Select(layer => layer.Split(' ')).ToArray();
        if (Array.FindLast(layers, layer => layer[0] is "dense" or "conv" or "deconv") is { } head)
            head[1] = classCount.ToString(CultureInfo.InvariantCulture);
        return Build([.. layers.Select(layer => string.Join(' ', layer))], network.InputShape);
    }

    private static int[] OutputShape(Operation operation, int[] input, string layer)
    {
        try
        {
            var shape = operation.OutputShape([input]);
            var count = shape.Aggregate(1.0, (product, extent) => product * extent);
            return shape.All(extent => extent > 0) && count <= int.MaxValue
                ? shape
                : throw Errors.LayerInvalid(layer, "", $"an output of at most {int.MaxValue} values");
        }
        catch (CnnVizException misfit) when (misfit.ErrorId == "ShapeMismatch")
        {
            throw Errors.LayerInvalid(layer, "", $"another input: {misfit.Message.TrimEnd('.')}");
        }
    }

    private static Convolution WithKernels(Convolution convolution, IReadOnlyList<Kernel> kernels)
    {
        var size = convolution.KernelSize;
        if (kernels.Count != convolution.OutputChannels)
            throw Errors.ArgumentInvalid("Kernel", $"{kernels.Count} filters", $"{convolution.OutputChannels}, one for each map of the first convolution");
        var misfit = kernels.FirstOrDefault(kernel => kernel.Weights.GetLength(0) != size.Vertical || kernel.Weights.GetLength(1) != size.Horizontal);
        if (misfit is not null)
            throw Errors.ArgumentInvalid("Kernel", $"{misfit.Weights.GetLength(0)} × {misfit.Weights.GetLength(1)}", $"{size}, as the first convolution has");
        // Colour is seen through the mean of its channels.
        var channels = convolution.InputChannels;
        float[] values = [.. kernels.SelectMany(kernel => Enumerable.Repeat(kernel.Weights.Cast<float>().Select(weight => weight / channels), channels)).SelectMany(plane => plane)];
        return convolution with { Initial = new Initializer.Values(values) };
    }
}
