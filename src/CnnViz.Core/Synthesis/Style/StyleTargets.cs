using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Style;

/// <summary>What a style transfer aims at: the content's maps and the styles' Gram matrices, computed once for each size before the first step.</summary>
/// <param name="model">The network.</param>
/// <param name="interpreter">Runs it, with the poolings that were chosen.</param>
/// <param name="layers">What is looked at.</param>
/// <param name="form">The forms of the losses.</param>
/// <param name="limit">The memory that a pass may take; null for as much as it needs.</param>
/// <param name="cancellation">Ends the passes.</param>
internal sealed class StyleTargets(
    CnnModel model, Interpreter interpreter, StyleLayers layers, StyleForm form, ByteSize? limit, CancellationToken cancellation) : IDisposable
{
    private readonly List<Tensor> _owned = [];

    /// <summary>The objective at a size; its tensors are freed with this.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="content">The content, of any size.</param>
    /// <param name="styles">The styles, of any size.</param>
    /// <param name="options">Blend, masks and the size of the styles.</param>
    /// <param name="weights">The weights of content, style and roughness.</param>
    /// <param name="log">Listens to the terms.</param>
    public WeightedSum At(int height, int width, CnnImage content, IReadOnlyList<CnnImage> styles, StyleOptions options, (double Content, double Style, double Variation) weights, TermLog log)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var terms = new List<(double, Objective)>();
        if (weights.Content > 0)
            terms.AddRange(ContentTerms(ImageResize.Resize(content, height, width, Interpolation.Bicubic), weights.Content, log));
        if (weights.Style > 0)
        {
            var longest = Math.Max(height, width) * options.StyleScale;
            CnnImage[] sized = [.. styles.Select(style => Sized(style, longest))];
            terms.AddRange(StyleTerms(sized, options, weights.Style, [content.ChannelCount, height, width], log));
        }
        if (weights.Variation > 0)
        {
            var scale = form.VariationScale((long)content.ChannelCount * height * width);
            terms.Add((-weights.Variation * scale, log.Listen("TotalVariation", weights.Variation * scale, new TotalVariation())));
        }
        return new WeightedSum(terms);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _owned)
            tensor.Dispose();
        _owned.Clear();
    }

    /// <summary>A short text that no other picture has.</summary>
    private static string Fingerprint(CnnImage picture) => picture.Fingerprint[..16];

    private static CnnImage Sized(CnnImage picture, double longest)
    {
        var factor = longest / Math.Max(picture.Height, picture.Width);
        return ImageResize.Resize(picture, Math.Max(1, (int)Math.Round(picture.Height * factor)), Math.Max(1, (int)Math.Round(picture.Width * factor)), Interpolation.Bicubic);
    }

    private IEnumerable<(double, Objective)> ContentTerms(CnnImage content, double weight, TermLog log)
    {
        var source = Fingerprint(content);
        var each = weight / layers.Content.Count;
        foreach (var (layer, maps) in layers.Content.Zip(Maps(content)))
            yield return (-each, log.Listen("Content", each, new ContentObjective(layer, Own(maps), form.ContentScale(maps), source)));
    }

    /// <summary>Styles that are everywhere share one matrix, their mean; styles that have regions have one each.</summary>
    private List<(double, Objective)> StyleTerms(CnnImage[] styles, StyleOptions options, double weight, int[] shape, TermLog log)
    {
        var blend = options.StyleBlend.Count > 0 ? options.StyleBlend : [.. styles.Select(_ => 1.0)];
        string[] names = [.. layers.Style.Select(layer => layer.Layer)];
        var grams = Array.ConvertAll(styles, Grams);
        var shares = form.SharesLayers ? layers.Style.Sum(layer => layer.Weight) : 1;
        var terms = new List<(double, Objective)>();
        for (var i = 0; i < names.Length; i++)
        {
            var lambda = weight * layers.Style[i].Weight / shares;
            if (options.Mask.Count == 0)
            {
                var mean = grams.Select((gram, style) => gram[i] * (blend[style] / blend.Sum())).Aggregate((sum, gram) => sum + gram);
                Add(lambda, mean, string.Join(' ', styles.Zip(blend, (style, part) => FormattableString.Invariant($"{Fingerprint(style)}:{part:R}"))), null);
                continue;
            }
            for (var style = 0; style < styles.Length; style++)
                Add(lambda * blend[style] * styles.Length / blend.Sum(), grams[style][i], $"{Fingerprint(styles[style])} in {Fingerprint(options.Mask[style])}", Mask(options.Mask[style], names[i], shape));

            void Add(double each, Tensor gram, string source, Tensor? mask) => terms.Add((-each, log.Listen(
                "Style", each, new StyleObjective(names[i], Own(gram), form.StyleScale(gram), source, mask))));
        }
        return terms;
    }

    private Tensor[] Maps(CnnImage picture)
    {
        var inputs = Look(picture, new WeightedSum([.. layers.Content.Select(layer => (1.0, (Objective)new WholeLayer(layer)))]));
        return [.. layers.Content.Select(layer => SummedObjective.Maps(inputs[layer].detach()))];
    }

    private Tensor[] Grams(CnnImage picture)
    {
        using var nothing = zeros([1, 1, 1]);
        StyleObjective[] sums = [.. layers.Style.Select(layer => new StyleObjective(layer.Layer, nothing, 0))];
        var inputs = Look(picture, new WeightedSum([.. sums.Select(sum => (1.0, (Objective)sum))]));
        return Array.ConvertAll(sums, objective =>
        {
            var (sum, positions) = inputs.SumOf(objective);
            return sum / positions;
        });
    }

    private ObjectiveInputs Look(CnnImage picture, Objective objective)
    {
        // Says which layer an image is too small for; libtorch would say it in its own words.
        int[] positions = [.. objective.Layers.Select(layer => interpreter.Network.Position(layer))];
        NetworkAnalysis.OutputShapes(interpreter.Network, picture.Shape, positions);
        var pixels = TensorTransfer.ToNative(picture, device(model.Device)).unsqueeze(0);
        var input = model.Preprocessing.Normalize(pixels).to(model.DataType);
        var whole = new WholeGradient(interpreter);
        PictureGradient pass = limit is { } bytes ? new BoundedGradient(interpreter, whole, new StepMemory(model, interpreter, objective, bytes, 0)) : whole;
        return pass.Look(input, objective, cancellation);
    }

    private Tensor Mask(CnnImage mask, string layer, int[] shape)
    {
        var position = interpreter.Network.Position(layer);
        var maps = NetworkAnalysis.OutputShapes(interpreter.Network, shape, NetworkAnalysis.Needed(interpreter.Network, position))[position];
        return Own(TensorTransfer.ToNative(ImageResize.Resize((CnnTensor)mask, maps[1], maps[2]), device(model.Device)).unsqueeze(0));
    }

    private Tensor Own(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    /// <summary>A layer that is wanted as it is, not as a sum.</summary>
    private sealed record WholeLayer(string Layer) : Objective
    {
        public override IReadOnlyList<string> Layers => [Layer];

        public override Tensor Value(ObjectiveInputs inputs) => inputs[Layer].flatten(1).sum([1]);
    }
}
