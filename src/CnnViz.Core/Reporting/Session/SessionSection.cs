using System.Globalization;
using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>A section of a session's page: the picture with what networks say of it, then all that was made of it.</summary>
/// <param name="title">The heading.</param>
/// <param name="things">The results, in order.</param>
/// <param name="isOfPicture">Whether all are of one picture, which then stands in front.</param>
/// <param name="drawing">How maps are drawn.</param>
internal sealed class SessionSection(string title, object[] things, bool isOfPicture, DrawingOptions drawing)
{
    private const int FrameCount = 12;
    private const int FrameSide = 480;
    private const int CurvePoints = 240;

    /// <summary>The section.</summary>
    public ReportSection Make()
    {
        var original = !isOfPicture ? null : things.Select(OriginalOf).FirstOrDefault(image => image is not null);
        var predictions = things.OfType<Prediction>().ToArray();
        var points = things.OfType<RobustnessPoint>().ToArray();
        var models = things.OfType<CnnModel>().ToArray();
        var measurements = things.OfType<SaliencyMeasurement>().ToArray();
        // The picture itself stands in front, and is not shown again.
        var shown = things.Where(thing => thing is not (Prediction or RobustnessPoint or CnnModel) && Picture.Of(thing) is not null && !(thing is CnnImage { Recipe: null } image && image.Fingerprint == original?.Fingerprint)).ToArray();
        List<ReportBlock> blocks =
        [
            .. original is null && predictions.Length == 0 ? Array.Empty<ReportBlock>() : [Head(original ?? predictions[0].Image, predictions)],
            .. models.SelectMany(Training),
            .. points.Length == 0 ? Array.Empty<ReportBlock>() : Robustness(points),
            .. shown.Length == 0 ? Array.Empty<ReportBlock>() : [new BlockGrid([.. shown.Select(Result)])],
            .. measurements.Length == 0 ? Array.Empty<ReportBlock>() : [Measures(measurements)],
            .. Curves(things.OfType<SynthesizedImage>()).ToArray() is { Length: > 0 } curves ? (ReportBlock[])[new BlockGrid(curves)] : [],
        ];
        return new ReportSection(title, blocks);
    }

    /// <summary>The picture that a result is of.</summary>
    private static CnnImage? OriginalOf(object thing) => thing switch
    {
        AdversarialExample example => example.Clean,
        SaliencyMap map => SaliencyDrawing.PictureOf(map),
        FeatureMap { Image.IsNormalized: false } map => map.Image,
        Prediction { Image.IsNormalized: false } prediction => prediction.Image,
        SaliencyMeasurement { Image.IsNormalized: false } measurement => measurement.Image,
        ModelComparison comparison => comparison.Image,
        CnnImage { Recipe: null } image => image,
        _ => null,
    };

    private static BlockRow Head(CnnImage image, Prediction[] predictions)
    {
        var name = image.Label ?? Path.GetFileName(image.Source) ?? "the picture";
        var bars = predictions.GroupBy(prediction => (prediction.Recipe.WeightsHash, prediction.Image)).Select(group => new PredictionBars(
            group.First().Recipe.Model ?? "prediction", [.. group.OrderBy(prediction => prediction.Rank).Select(prediction => (prediction.Label, prediction.Probability))], image.Label));
        return new BlockRow([new PageFigure(PagePicture.Of(image, name), name, [Size(image)], predictions.Length == 0 ? [] : [RecipeBlock.Of(predictions[0].Recipe)]), .. bars]);
    }

    private ReportBlock Result(object thing)
    {
        var picture = Picture.Of(thing)!;
        var drawn = picture.Draw(drawing);
        var caption = Caption(thing, picture);
        ReportBlock[] details = picture.Recipe is { } recipe ? [RecipeBlock.Of(recipe)] : [];
        return thing switch
        {
            AdversarialExample example => new BlinkFigure(
                PagePicture.Of(example.Adversarial, $"{caption}, adversarial", isExact: true), "adversarial", PagePicture.Of(example.Clean, $"{caption}, clean", isExact: true), "clean",
                caption, Notes(example), [new FoldedBlock("What was added", new PageFigure(
                    PagePicture.Of(example.PerturbationImage(), $"{caption}, what was added, 10 times as strong"), "10 times as strong", [])), .. details]),
            SynthesizedImage { Frames.Count: > 1 } made => new SliderFigure(Frames(made, drawn, caption), caption, Notes(made), details),
            _ => new PageFigure(PagePicture.Of(drawn, caption), caption, Notes(thing), details),
        };
    }

    private static string Caption(object thing, Picture picture) => thing switch
    {
        AdversarialExample example => $"{example.Method}: {picture.Caption}",
        FeatureMap map => $"{picture.Caption} ({string.Join('×', map.Shape)})",
        CnnImage { Recipe: not null, Source: { } file } image => image.Label ?? Path.GetFileName(file),
        _ => picture.Caption ?? picture.Name,
    };

    private static IReadOnlyList<string> Notes(object thing) => thing switch
    {
        SaliencyMap map => [.. map.Layer is null ? Array.Empty<string>() : [$"layer {map.Layer}"], Invariant($"score {map.Score:g4}"), .. map.Warnings],
        SynthesizedImage made =>
        [
            made.History.Count == 0 ? "no step" : Invariant($"{made.Steps} steps, objective {made.History[0]:g4} to {made.Score:g4}"),
            .. made.Predictions.Count == 0 ? Array.Empty<string>() : [$"seen as {Said(made.Predictions[0])}"],
        ],
        AdversarialExample example =>
        [
            $"{(example.Success ? "succeeded" : "failed")}: {Said(example.Before)} before, {Said(example.After)} after",
            Invariant($"largest change {255 * example.EpsilonAfterSave:0}/255, L2 {example.L2:0.00}, {example.L0:N0} pixels"),
            .. example.Warnings,
        ],
        FeatureMap map => [Invariant($"{map.Minimum:g3} to {map.Maximum:g3}, {map.Sparsity:0 %} of it 0")],
        SaliencyMeasurement measured => measured.Warnings,
        ModelComparison comparison =>
        [
            $"{comparison.Reference.Model?.Name ?? "reference"}: {Said(comparison.Reference)}", $"{comparison.Difference.Model?.Name ?? "difference"}: {Said(comparison.Difference)}",
        ],
        CnnImage { Recipe: { } recipe } => [recipe.Model is null ? recipe.Operation : $"{recipe.Operation} with {recipe.Model}"],
        CnnImage image => [Size(image)],
        _ => [],
    };

    private static ReportTable Measures(SaliencyMeasurement[] measured)
    {
        (string Name, Func<SaliencyMeasurement, double?> Value)[] measures =
        [
            ("score", one => one.Score), ("insertion", one => one.InsertionAuc), ("deletion", one => one.DeletionAuc), ("ROAD", one => one.Road),
            ("infidelity", one => one.Infidelity), ("sensitivity", one => one.MaxSensitivity), ("correlation with random weights", one => one.RandomizationCorrelation),
        ];
        var known = measures.Where(measure => measured.Any(one => measure.Value(one) is not null)).ToArray();
        return new ReportTable(
            ["method", "class", .. known.Select(measure => $"#{measure.Name}")],
            [.. measured.Select(one => (IReadOnlyList<string>)[one.Method.ToString(), one.Label, .. known.Select(measure => measure.Value(one)?.ToString("0.000", CultureInfo.InvariantCulture) ?? "")])]);
    }

    /// <summary>Some of the frames, small, and the picture itself at the end.</summary>
    private static PagePicture[] Frames(SynthesizedImage made, CnnImage drawn, string caption)
    {
        var count = Math.Min(FrameCount, made.Frames.Count);
        return
        [
            .. Enumerable.Range(0, count - 1).Select(i => made.Frames[i * (made.Frames.Count - 1) / (count - 1)])
                .Select(frame => (frame.Height, frame.Width) == (drawn.Height, drawn.Width) ? frame : ImageResize.Resize(frame, drawn.Height, drawn.Width))
                .Select(frame => PagePicture.Of(frame, caption, longestSide: FrameSide)),
            PagePicture.Of(drawn, caption),
        ];
    }

    private static IEnumerable<ReportBlock> Curves(IEnumerable<SynthesizedImage> made)
    {
        foreach (var image in made.Where(image => image.History.Count > 1))
        {
            (string, IReadOnlyList<double>)[] series = image.Terms.Count is > 0 and <= 4
                ? [.. image.Terms.Select(term => (term.Key, (IReadOnlyList<double>)term.Value))]
                : [("objective", image.History)];
            var length = series.Min(one => one.Item2.Count);
            int[] steps = [.. Enumerable.Range(0, length).Where(i => i % Math.Max(1, (length + CurvePoints - 1) / CurvePoints) == 0)];
            if (steps.Length < 2 || series.Any(one => steps.Any(step => !double.IsFinite(one.Item2[step]))))
                continue;
            yield return new LineChart($"{image.Title}: objective", "step", [.. series.Select(one => (one.Item1, (IReadOnlyList<double>)[.. steps.Select(step => one.Item2[step])]))], "g3")
            {
                Positions = [.. steps.Select(step => step + 1.0)],
            };
        }
    }

    private static IEnumerable<ReportBlock> Training(CnnModel model)
    {
        var history = model.History;
        (string, Func<EpochResult, double?>)[] losses = [("training", epoch => epoch.Loss), ("validation", epoch => epoch.ValidationLoss)];
        (string, Func<EpochResult, double?>)[] accuracies =
            [("training", epoch => epoch.TrainAccuracy), ("validation", epoch => epoch.ValidationAccuracy), ("test", epoch => epoch.TestAccuracy)];
        yield return new Paragraph(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {model.ParameterCount:N0} learned numbers, {history.Count} epochs, {history.Sum(epoch => epoch.Seconds):0} s."));
        yield return new BlockRow(
            new LineChart($"Loss of {model.Name}", "epoch", Known(losses), "0.###"), new LineChart($"Accuracy of {model.Name}", "epoch", Known(accuracies), "0.# %"));
        if (model.Recipe is { } recipe)
            yield return RecipeBlock.Of(recipe);

        (string, IReadOnlyList<double>)[] Known((string Name, Func<EpochResult, double?> Value)[] curves) =>
        [
            .. curves.Where(curve => history.All(epoch => curve.Value(epoch) is not null))
                .Select(curve => (curve.Name, (IReadOnlyList<double>)[.. history.Select(epoch => curve.Value(epoch)!.Value)])),
        ];
    }

    private static ReportBlock[] Robustness(RobustnessPoint[] points)
    {
        var curves = points.GroupBy(point => (point.ModelName, point.Dataset, point.Norm, point.Recipe.Parameters.GetValueOrDefault("Method", point.Method))).ToArray();
        return
        [
            .. curves.Where(curve => curve.Select(point => point.Epsilon).Distinct().Count() > 1).Select(curve => new LineChart(
                $"{curve.Key.ModelName} on {curve.Key.Dataset}: read rightly under {curve.Key.Item4} ({curve.Key.Norm})", "epsilon",
                [
                    ("accuracy", Ordered(curve, point => point.Accuracy)), ("95 % lower", Ordered(curve, point => point.Lower)), ("95 % upper", Ordered(curve, point => point.Upper)),
                ], "0 %")
            {
                Positions = Ordered(curve, point => point.Epsilon),
            }),
            new ReportTable(
                ["network", "dataset", "attack", "norm", "#epsilon", "#pictures", "#read rightly", "#lower", "#upper"],
                [
                    .. points.Select(point => (IReadOnlyList<string>)
                    [
                        point.ModelName, point.Dataset, point.Method, point.Norm, Invariant($"{point.Epsilon:0.####}"), Invariant($"{point.Count:N0}"),
                        Invariant($"{point.Accuracy:0.0 %}"), Invariant($"{point.Lower:0.0 %}"), Invariant($"{point.Upper:0.0 %}"),
                    ]),
                ]),
            .. curves.Select(curve => RecipeBlock.Of(curve.First().Recipe)),
        ];

        static double[] Ordered(IEnumerable<RobustnessPoint> curve, Func<RobustnessPoint, double> value) => [.. curve.OrderBy(point => point.Epsilon).Select(value)];
    }

    private static string Said(Prediction prediction) => Invariant($"{prediction.Label} {100 * prediction.Probability:0.0} %");

    private static string Size(CnnImage image) => Invariant($"{image.Width}×{image.Height}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
