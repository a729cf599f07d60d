using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Networks.Labels;
using CnnViz.Networks.Operations;
using CnnViz.Reading.Comparison;
using static TorchSharp.torch;

namespace CnnViz.Reading;

/// <summary>Compares two checkpoints or architectures on the same pictures.</summary>
public static class ModelComparer
{
    /// <summary>A picture as each model will see it: they may take other sizes and colours.</summary>
    /// <param name="reference">The model that is compared with.</param>
    /// <param name="difference">The other one.</param>
    /// <param name="image">The picture as it was read.</param>
    /// <param name="mode">Whether it is resized and cropped.</param>
    /// <exception cref="CnnVizException">As <see cref="NetworkInput.Prepare"/>.</exception>
    public static (CnnImage Reference, CnnImage Difference) Prepare(CnnModel reference, CnnModel difference, CnnImage image, PreprocessingMode mode) =>
        (NetworkInput.Prepare(reference, image, mode), NetworkInput.Prepare(difference, image, mode));

    /// <summary>A comparison a picture, in their order.</summary>
    /// <param name="reference">The model that is compared with.</param>
    /// <param name="difference">The other one.</param>
    /// <param name="images">The pictures, as <see cref="Prepare"/> gave them.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="cancellation">Ends the work between its parts.</param>
    /// <exception cref="CnnVizException">As <see cref="Check"/> and <see cref="SaliencyReader.Read"/>.</exception>
    public static IReadOnlyList<ModelComparison> Compare(
        CnnModel reference, CnnModel difference, IReadOnlyList<(CnnImage Reference, CnnImage Difference)> images, ModelComparisonOptions options,
        CancellationToken cancellation = default)
    {
        CnnImage[] mine = [.. images.Select(image => image.Reference)];
        CnnImage[] theirs = [.. images.Select(image => image.Difference)];
        var layers = CommonLayers(reference, difference, options.Layer);
        var top = new PredictionOptions { Top = 1, Preprocessing = options.Preprocessing };
        var answers = Predictor.Predict(reference, mine, top);
        var others = Predictor.Predict(difference, theirs, top);
        var reading = new SaliencyOptions { Method = [options.Method], Preprocessing = options.Preprocessing };
        var maps = SaliencyReader.Read(reference, mine, reading, cancellation: cancellation);
        var classes = answers.Select(answer => ClassIn(difference, answer[0])).ToArray();
        var otherMaps = Explain(difference, theirs, classes, reading, cancellation);
        var recipe = Recipes.Create(
            "Compare-CnnModel", difference, images.Count, ("Reference", reference.Name), ("ReferenceHash", reference.WeightsHash), (nameof(options.Method), options.Method),
            (nameof(options.Layer), options.Layer.Count == 0 ? null : string.Join(',', options.Layer)), (nameof(options.Preprocessing), options.Preprocessing));
        return
        [
            .. images.Select((_, i) =>
            {
                cancellation.ThrowIfCancellationRequested();
                var importance = maps[i].Importance();
                var other = ImageResize.Resize(otherMaps[i].Importance(), importance.Shape[0], importance.Shape[1]);
                return new ModelComparison
                {
                    Image = maps[i].Image,
                    Reference = answers[i][0],
                    Difference = others[i][0],
                    IsChanged = classes[i] != others[i][0].Class,
                    ProbabilityChange = classes[i] is null ? null : otherMaps[i].Probability - answers[i][0].Probability,
                    ReferenceMap = maps[i],
                    DifferenceMap = otherMaps[i],
                    RankCorrelation = MapAgreement.RankCorrelation(importance.Data, other.Data),
                    TopOverlap = MapAgreement.TopOverlap(importance.Data, other.Data),
                    Layers = Distances(reference, difference, maps[i].Image, otherMaps[i].Image, layers),
                    Recipe = recipe,
                };
            }),
        ];
    }

    /// <summary>Throws where these models cannot be compared so, before any picture is read.</summary>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, <c>LayerMismatch</c>, <c>MethodUnsupported</c>, <c>ModelWithoutClasses</c>, <c>ArgumentInvalid</c>.</exception>
    public static void Check(CnnModel reference, CnnModel difference, ModelComparisonOptions options)
    {
        if (options.Preprocessing == PreprocessingMode.Raw)
            throw Errors.ArgumentInvalid(nameof(options.Preprocessing), options.Preprocessing, $"{PreprocessingMode.Auto}, {PreprocessingMode.None} or {PreprocessingMode.Standard}: pictures are compared, which each model normalises in its own way");
        CommonLayers(reference, difference, options.Layer);
        foreach (var model in new[] { reference, difference })
            SaliencyReader.Check(model, new SaliencyOptions { Method = [options.Method] });
    }

    /// <summary>The class of a model that an answer of another means: of the same label, or of the same number where both have as many and no name tells.</summary>
    private static int? ClassIn(CnnModel model, Prediction answer)
    {
        var known = answer.Model!.Labels;
        if (model.Labels.SequenceEqual(known) || (model.ClassCount == known.Count && (IsNameless(model.Labels) || IsNameless(known))))
            return answer.Class;
        var found = Enumerable.Range(0, model.ClassCount).Where(i => model.Labels[i].Equals(answer.Label, StringComparison.OrdinalIgnoreCase)).ToArray();
        return found is [var index] ? index : null;

        static bool IsNameless(IReadOnlyList<string> labels) => labels.SequenceEqual(ClassLabels.Numbers(labels.Count).Names);
    }

    /// <summary>Why the model would give each picture the class, or gives its own where that is null. Pictures of one class go together.</summary>
    private static SaliencyMap[] Explain(CnnModel model, CnnImage[] images, int?[] classes, SaliencyOptions options, CancellationToken cancellation)
    {
        var maps = new SaliencyMap[images.Length];
        foreach (var group in Enumerable.Range(0, images.Length).GroupBy(i => classes[i]))
        {
            var target = group.Key is { } index ? index.ToString(System.Globalization.CultureInfo.InvariantCulture) : "Top1";
            var found = SaliencyReader.Read(model, [.. group.Select(i => images[i])], options with { Target = [target] }, cancellation: cancellation);
            foreach (var (map, i) in found.Zip(group))
                maps[i] = map;
        }
        return maps;
    }

    /// <summary>The layers that both have with the same shape, as their positions in each.</summary>
    private static (int Reference, int Difference)[] CommonLayers(CnnModel reference, CnnModel difference, IReadOnlyList<string> wanted)
    {
        var (one, other) = (reference.Network, difference.Network);
        if (wanted.Count == 0 && one.Architecture != other.Architecture)
            return [];
        var needed = NetworkAnalysis.NeededForOutput(one);
        int[] positions = wanted.Count == 0
            ? [.. Enumerable.Range(1, one.Nodes.Count - 1).Where(i => needed[i] && one.Nodes[i].Operation is Convolution or Dense)]
            : [.. wanted.SelectMany(one.Match).Distinct().Order()];
        var shapes = NetworkAnalysis.OutputShapes(one, one.InputShape);
        var otherShapes = NetworkAnalysis.OutputShapes(other, other.InputShape);
        (int, int)[] common = [.. positions
            .Select(position => (position, Other: Enumerable.Range(1, other.Nodes.Count - 1).FirstOrDefault(i => other.Nodes[i].Name == one.Nodes[position].Name)))
            .Where(pair => pair.Other > 0 && shapes[pair.position].SequenceEqual(otherShapes[pair.Other]))];
        if (wanted.Count > 0 && common.Length == 0)
            throw Errors.LayerMismatch(reference.Name, difference.Name, wanted);
        return common;
    }

    private static LayerDistance[] Distances(CnnModel reference, CnnModel difference, CnnImage image, CnnImage otherImage, (int Reference, int Difference)[] layers)
    {
        if (layers.Length == 0)
            return [];
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var one = reference.Interpreter().Run(NetworkInput.Batch(reference, [image]), Array.ConvertAll(layers, layer => layer.Reference));
        var other = difference.Interpreter().Run(NetworkInput.Batch(difference, [otherImage]), Array.ConvertAll(layers, layer => layer.Difference));
        return [.. layers.Select((layer, i) =>
        {
            using var inner = NewDisposeScope();
            var (a, b) = (one[i].to(ScalarType.Float32).flatten(), other[i].to(ScalarType.Float32).to(one[i].device).flatten());
            var (norm, otherNorm) = (Math.Sqrt(Product(a, a)), Math.Sqrt(Product(b, b)));
            var change = a - b;
            return new LayerDistance(
                reference.Network.Nodes[layer.Reference].Name, Ratio(Math.Sqrt(Product(change, change)), norm), Ratio(Product(a, b), norm * otherNorm));
        })];
    }

    private static double Product(Tensor one, Tensor other) => (one * other).sum().item<float>();

    /// <summary>A quotient, and 0 where there is nothing to compare.</summary>
    private static double Ratio(double part, double whole) => part == 0 ? 0 : part / whole;
}
