using System.Globalization;
using System.Text.RegularExpressions;
using CnnViz.Imaging;
using CnnViz.Replaying;

namespace CnnViz.Reporting;

/// <summary>What picture a thing shows, by which name and with which caption: the one rule for files, sheets, terminals and reports.</summary>
public sealed partial class Picture
{
    private readonly Func<DrawingOptions, CnnImage> _draw;
    private readonly string? _name;

    private Picture(CnnTensor values, string? source, string? name, Func<DrawingOptions, CnnImage> draw) =>
        (Values, Source, _name, _draw) = (values, source, name, draw);

    /// <summary>The raw values, as a .npy file keeps them.</summary>
    public CnnTensor Values { get; }

    /// <summary>The path or address of the picture that it was made of; null where unknown.</summary>
    public string? Source { get; }

    /// <summary>What may stand below it; null for nothing.</summary>
    public string? Caption { get; private init; }

    /// <summary>How it was made; null where unknown.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>The picture that it says something about, for a sheet that shows both; null where it is one itself.</summary>
    public Picture? Original { get; private init; }

    /// <summary>What stands between the original and it on a sheet; null for nothing.</summary>
    public Picture? Between { get; private init; }

    /// <summary>What is known of it, by name, beside its source, its caption and its recipe.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; private init; } = new Dictionary<string, string>();

    /// <summary>A short name for its file, without an ending: of its source and of what was made of it. Not unique.</summary>
    public string Name
    {
        get
        {
            string?[] parts = [Source is null ? null : Path.GetFileNameWithoutExtension(Source.Split('?')[0]), _name];
            var name = NotForFiles().Replace(string.Join('-', parts.Where(part => !string.IsNullOrEmpty(part))), "-").Trim('-', '.');
            return name.Length == 0 ? "image" : name;
        }
    }

    /// <summary>The name, with a number behind it where another picture has it already.</summary>
    /// <param name="taken">The names that are taken; this one's is added.</param>
    public string NameAmong(ISet<string> taken)
    {
        var name = Name;
        for (var number = 2; !taken.Add(name); number++)
            name = Invariant($"{Name}-{number}");
        return name;
    }

    /// <summary>What stands in front of it on a sheet: its original, where the picture before is not of the same.</summary>
    /// <param name="before">The picture before; null for none.</param>
    public Picture? OriginalAfter(Picture? before) =>
        Original is null || (before?.Original is { } other && other.Source == Original.Source && other.Values.Data.AsSpan().SequenceEqual(Original.Values.Data)) ? null : Original;

    /// <summary>Whether neighbours of a thing's type show one picture together, as the points of a curve do.</summary>
    public static bool IsPart(object? thing) => thing is RobustnessPoint or TransferRate;

    /// <summary>The picture of a thing.</summary>
    /// <param name="thing">A picture, a tensor or a result.</param>
    /// <returns>Null where the thing shows nothing.</returns>
    public static Picture? Of(object? thing) => thing switch
    {
        CnnImage image => OfImage(image, image.Source is null ? image.Label : null, image.Label, image.Recipe),
        CnnTensor tensor => new(tensor, null, "tensor", options => TensorDrawing.Draw(tensor, options)),
        SynthesizedImage made => new(made.Image, made.Source, made.Title, options => TensorDrawing.Draw(made.Image, options))
        {
            Caption = made.Probability is { } probability ? Invariant($"{made.Title} {100 * probability:0.0} %") : made.Title,
            Recipe = made.Recipe,
        },
        AdversarialExample example => OfExample(example),
        FeatureMap map => OfFeatures(map),
        SaliencyMap map => OfSaliency(map),
        CnnFilter filter => new(filter.Values, null, Invariant($"{filter.Layer}-{filter.Index}"), options => Draw(filter.Values, filter.Image, options))
        {
            Caption = filter.Image.Label,
            Recipe = filter.Recipe,
        },
        ConvolutionResult result => new(result.Values, result.Source, result.Kernel, options => Draw(result.Values, result.Image, options))
        {
            Caption = result.Kernel,
            Recipe = result.Recipe,
        },
        Prediction prediction => OfImage(
            prediction.Image, prediction.Label, Invariant($"{prediction.Label} {100 * prediction.Probability:0.0} %"), prediction.Recipe),
        ModelComparison comparison => OfComparison(comparison),
        CnnModel { History.Count: > 0 } model => OfTraining(model),
        RobustnessPoint point => OfRobustness([point]),
        IReadOnlyList<RobustnessPoint> { Count: > 0 } points => OfRobustness(points),
        TransferRate rate => OfTransfer([rate]),
        IReadOnlyList<TransferRate> { Count: > 0 } rates => OfTransfer(rates),
        SaliencyMeasurement measurement => OfMeasurements(SaliencyCurves.Draw(measurement), [measurement], $"{measurement.Label}-{measurement.Method}-faithfulness"),
        IReadOnlyList<SaliencyMeasurement> { Count: > 0 } measurements => OfMeasurements(SaliencyCurves.Draw(measurements), measurements, $"{measurements[0].Label}-faithfulness"),
        _ => null,
    };

    /// <summary>Draws it. The picture carries the caption, the source and the recipe.</summary>
    /// <param name="options">The usual ones where null.</param>
    /// <exception cref="CnnVizException">As <see cref="TensorDrawing.Draw"/>.</exception>
    public CnnImage Draw(DrawingOptions? options = null)
    {
        options ??= DrawingOptions.Default;
        var drawn = _draw(options);
        return new CnnImage(drawn.Data, drawn.ChannelCount, drawn.Height, drawn.Width)
        {
            Source = Source,
            Label = Caption,
            Class = drawn.Class,
            Recipe = RecipeOf(options),
            IsNetworkInput = drawn.IsNetworkInput,
        };
    }

    /// <summary>How it was made, and how it is drawn where the options say something of that; null where it is not known.</summary>
    /// <param name="options">The choices of drawing.</param>
    public Recipe? RecipeOf(DrawingOptions options) => Recipe is null ? null : RecipeDrawing.With(Recipe, options);

    private static Picture OfImage(CnnImage image, string? name, string? caption, Recipe? recipe) =>
        new(image, image.Source, name, options => TensorDrawing.Draw(image, options)) { Caption = caption, Recipe = recipe };

    /// <summary>The changed picture, which is what a file has to hold; on sheets the clean one and the change, magnified, stand in front of it.</summary>
    private static Picture OfExample(AdversarialExample example) => new(
        example.Adversarial, example.Source, $"{example.Method}-{example.After.Label}", options => TensorDrawing.Draw(example.Adversarial, options))
    {
        Caption = CaptionOf(example.After),
        Recipe = example.Recipe,
        Original = new(example.Clean, example.Source, null, options => TensorDrawing.Draw(example.Clean, options with { Annotate = false })) { Caption = CaptionOf(example.Before) },
        Between = new(example.Perturbation, example.Source, "change", _ => example.PerturbationImage())
        {
            Caption = Invariant($"change x{example.Magnification:0}: {255 * example.EpsilonAfterSave:0}/255, L2 {example.L2:0.##}"),
        },
    };

    private static Picture OfRobustness(IReadOnlyList<RobustnessPoint> points)
    {
        var drawn = RobustnessCurves.Draw(points);
        var names = string.Join('-', points.Select(point => point.ModelName).Distinct());
        return new(drawn, null, $"{names}-robustness", _ => drawn) { Caption = "Accuracy under attack", Recipe = points[0].Recipe };
    }

    private static Picture OfTransfer(IReadOnlyList<TransferRate> rates)
    {
        var drawn = TransferMatrix.Draw(rates);
        return new(drawn, null, "transfer", _ => drawn) { Caption = "Which model's examples fool which", Recipe = rates[0].Recipe };
    }

    private static string CaptionOf(Prediction prediction) => Invariant($"{prediction.Label} {100 * prediction.Probability:0.0} %");

    /// <summary>A model shows how it was trained.</summary>
    private static Picture OfTraining(CnnModel model)
    {
        var drawn = TrainingCurves.Draw(model.Name, model.History);
        return new(drawn, null, $"{model.Name}-training", _ => drawn) { Caption = model.Name };
    }

    /// <summary>The picture, and what drives the answer in each model.</summary>
    private static Picture OfComparison(ModelComparison comparison)
    {
        var distance = Invariant($"rank correlation {comparison.RankCorrelation:0.00}, overlap {comparison.TopOverlap:0.00}");
        var name = comparison.Image.Label ?? Path.GetFileName(comparison.Source);
        return new(comparison.DifferenceMap.Values, comparison.Source, "comparison", options => ContactSheet.Draw(
            [
                new ContactSheetTile(comparison.Image, distance),
                Tile(comparison.ReferenceMap, comparison.Reference),
                Tile(comparison.DifferenceMap, comparison.Difference),
            ],
            new ContactSheetOptions { ColumnCount = 3 }))
        {
            Caption = string.IsNullOrEmpty(name) ? distance : name,
            Recipe = comparison.Recipe,
        };

        static ContactSheetTile Tile(SaliencyMap map, Prediction answer) => new(
            Overlay.Draw(map.Image, map.Heatmap()), Invariant($"{answer.Model!.Name}: {answer.Label} {100 * answer.Probability:0.0} %"));
    }

    /// <summary>A measurement shows its curves.</summary>
    private static Picture? OfMeasurements(CnnImage? drawn, IReadOnlyList<SaliencyMeasurement> measurements, string name) => drawn is null
        ? null
        : new(drawn, measurements[0].Source, name, _ => drawn)
        {
            Caption = string.Join(", ", measurements.Select(measurement => Invariant($"{measurement.Method} {measurement.Score:0.000}"))),
            Recipe = measurements[0].Recipe,
        };

    private static Picture OfFeatures(FeatureMap map)
    {
        var isSheet = map.Channels.Count > 1;
        string[] names = [.. map.Channels.Select(channel => channel.ToString(CultureInfo.InvariantCulture))];
        var caption = isSheet ? map.Layer : $"{map.Layer} {names[0]}";
        return new(map.Values, map.Source, isSheet ? map.Layer : $"{map.Layer}-{names[0]}", options => TensorDrawing.Draw(map.Values, options, names, map.Layer))
        {
            Caption = caption,
            Recipe = map.Recipe,
        };
    }

    private static Picture OfSaliency(SaliencyMap map)
    {
        var original = SaliencyDrawing.PictureOf(map);
        return new(map.Values, map.Source, $"{map.Method}-{map.Label}", options => SaliencyDrawing.Draw(map, options))
        {
            Caption = map.Probability is { } probability ? Invariant($"{map.Method}: {map.Label} {100 * probability:0.0} %") : Invariant($"{map.Method}: {map.Label}"),
            Recipe = map.Recipe,
            Original = new(original, map.Source, null, options => TensorDrawing.Draw(original, options with { Annotate = false }))
            {
                Caption = original.Label ?? Path.GetFileName(map.Source),
            },
            Facts = new (string Name, object? Value)[]
            {
                (nameof(map.Method), map.Method), (nameof(map.Layer), map.Layer), (nameof(map.Target), map.Target), (nameof(map.Objective), map.Objective), (nameof(map.Label), map.Label),
                (nameof(map.Score), map.Score), (nameof(map.Probability), map.Probability), (nameof(map.Delta), map.Delta),
            }.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Name, fact => Convert.ToString(fact.Value, CultureInfo.InvariantCulture)!),
        };
    }

    /// <summary>The result's own picture, unless other colours or the values are asked for.</summary>
    private static CnnImage Draw(CnnTensor values, CnnImage own, DrawingOptions options) =>
        options is { Colors: null, Annotate: false } ? own : TensorDrawing.Draw(values, options);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[^\p{L}\p{N}._-]+")]
    private static partial Regex NotForFiles();
}
