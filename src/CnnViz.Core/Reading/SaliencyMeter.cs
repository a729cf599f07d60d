using CnnViz.Reading.Faithfulness;
using CnnViz.Running;

namespace CnnViz.Reading;

/// <summary>Says whether saliency maps can be believed, and which of several deserves it most.</summary>
public static class SaliencyMeter
{
    /// <summary>Below this probability of the class there is nothing to take away.</summary>
    private const double LeastProbability = 0.01;

    /// <summary>Measures a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="options">The usual ones where null.</param>
    /// <param name="model">The model that it explains; the one that it carries where null.</param>
    /// <param name="progress">Is told after each measure.</param>
    /// <param name="cancellation">Ends the work between its parts.</param>
    /// <exception cref="CnnVizException">
    /// <c>MapWithoutModel</c>, <c>MapWithoutClass</c>, <c>MapNotFinite</c>, <c>ArgumentInvalid</c>; <c>ShapeMismatch</c> and <c>IndexOutOfRange</c>: the model cannot have made it.
    /// </exception>
    public static SaliencyMeasurement Measure(
        SaliencyMap map, SaliencyMeasureOptions? options = null, CnnModel? model = null, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new SaliencyMeasureOptions();
        options.Check();
        var started = DateTime.UtcNow;
        var explained = new ExplainedScore(map, model ?? map.Model ?? throw Errors.MapWithoutModel(map.Method.ToString(), map.Source), options, cancellation);
        SaliencyMeasure[] wanted = [.. Enum.GetValues<SaliencyMeasure>().Where(measure => measure != SaliencyMeasure.All && options.Wants(measure))];
        var measurement = Unmeasured(map, explained);
        for (var i = 0; i < wanted.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new RunProgress($"Measuring {map.Method} of {map.Source}", i, wanted.Length, wanted[i].ToString(), DateTime.UtcNow - started, null) { Unit = "measures" });
            measurement = Add(measurement, wanted[i], explained);
        }
        var scored = measurement with { Score = Score(measurement) };
        return scored with { Warnings = [.. map.Warnings, .. Warnings(scored, explained)] };
    }

    /// <summary>Ranks the maps of each picture and class by their scores.</summary>
    /// <param name="measurements">Measurements of any pictures.</param>
    /// <returns>The same with their ranks: picture after picture in the order of their first, the best first, those without a score last.</returns>
    public static IReadOnlyList<SaliencyMeasurement> Rank(IEnumerable<SaliencyMeasurement> measurements)
    {
        var pictures = new List<List<SaliencyMeasurement>>();
        foreach (var measurement in measurements)
        {
            if (pictures.Find(known => known[0].IsRivalOf(measurement)) is { } picture)
                picture.Add(measurement);
            else
                pictures.Add([measurement]);
        }
        return
        [
            .. pictures.SelectMany(picture => picture
                .OrderByDescending(measurement => measurement.Score)
                .Select(measurement => measurement with { Rank = measurement.Score is { } score ? 1 + picture.Count(other => other.Score > score) : null })),
        ];
    }

    /// <summary>Means and deviations of each method's measurements, the best method first.</summary>
    /// <param name="measurements">Measurements that <see cref="Rank"/> gave, of any pictures.</param>
    public static IReadOnlyList<SaliencySummary> Summarize(IEnumerable<SaliencyMeasurement> measurements)
    {
        SaliencySummary[] methods = [.. measurements.GroupBy(measurement => (measurement.Method, measurement.Layer, measurement.Recipe.Model)).Select(Summary)];
        return
        [
            .. methods
                .OrderByDescending(method => method.Score?.Mean)
                .Select(method => method with { Rank = method.Score is { } score ? 1 + methods.Count(other => other.Score?.Mean > score.Mean) : null }),
        ];
    }

    private static SaliencyMeasurement Unmeasured(SaliencyMap map, ExplainedScore explained) => new()
    {
        Image = map.Image,
        Method = map.Method,
        Layer = map.Layer,
        Target = explained.Class,
        Label = map.Label,
        Probability = explained.Probability,
        Delta = map.Delta,
        Recipe = Recipe(map, explained),
    };

    private static SaliencyMeasurement Add(SaliencyMeasurement measurement, SaliencyMeasure measure, ExplainedScore explained)
    {
        switch (measure)
        {
            case SaliencyMeasure.Deletion:
                var deletion = PixelCurve.Delete(explained);
                return measurement with { DeletionCurve = deletion, DeletionAuc = PixelCurve.Area(deletion) };
            case SaliencyMeasure.Insertion:
                var insertion = PixelCurve.Insert(explained);
                return measurement with { InsertionCurve = insertion, InsertionAuc = PixelCurve.Area(insertion) };
            case SaliencyMeasure.Road:
                var road = RemoveAndDebias.Trace(explained);
                return measurement with { RoadCurve = road, Road = RemoveAndDebias.Combine(road) };
            case SaliencyMeasure.Infidelity:
                var infidelity = InfidelityMeasure.Of(explained, InputNoise.Draw(explained));
                return measurement with { Infidelity = infidelity?.Scaled, InfidelityUnscaled = infidelity?.Unscaled };
            case SaliencyMeasure.MaxSensitivity:
                return measurement with { MaxSensitivity = SensitivityMeasure.Of(explained, InputNoise.Draw(explained)) };
            case SaliencyMeasure.Randomization:
                var randomization = WeightRandomization.Trace(explained);
                var correlation = randomization.Average(point => point.Correlation);
                return measurement with
                {
                    RandomizationCurve = randomization,
                    RandomizationCorrelation = correlation,
                    DependsOnModel = correlation < WeightRandomization.Independence,
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(measure));
        }
    }

    private static double? Score(SaliencyMeasurement measured)
    {
        var pixels = measured.InsertionAuc - measured.DeletionAuc ?? measured.InsertionAuc ?? -measured.DeletionAuc;
        return Statistic.Of([pixels, 2 * measured.Road])?.Mean;
    }

    private static IEnumerable<string> Warnings(SaliencyMeasurement measured, ExplainedScore explained)
    {
        if (explained.IsConstant)
            yield return $"{measured.Method}: the map says the same of all pixels, so their order is random here and its figures are those of a random map.";
        if (measured.Score is not null && measured.Probability < LeastProbability)
            yield return FormattableString.Invariant($"{measured.Method}: '{measured.Label}' has a probability of {measured.Probability:0.00 %}, so pixels have nothing to lose; deletion, insertion and ROAD say little. Take a class that the model sees.");
        if (measured.DependsOnModel == false)
            yield return FormattableString.Invariant($"{measured.Method}: the map hardly changes as weights become random from the last layer on (mean rank correlation {measured.RandomizationCorrelation:0.00}): it does not depend on the model as an explanation must, and shows the picture rather than what the model makes of it. Take another method.");
    }

    private static SaliencySummary Summary(IGrouping<(SaliencyMethod Method, string? Layer, string? Model), SaliencyMeasurement> group)
    {
        var maps = group.ToArray();
        var dependent = maps.Select(map => map.DependsOnModel).OfType<bool>().ToArray();
        return new SaliencySummary
        {
            Method = group.Key.Method,
            Layer = group.Key.Layer,
            Model = group.Key.Model,
            MapCount = maps.Length,
            FirstCount = maps.Count(map => map.Rank == 1),
            Score = Of(map => map.Score),
            DeletionAuc = Of(map => map.DeletionAuc),
            InsertionAuc = Of(map => map.InsertionAuc),
            Road = Of(map => map.Road),
            Infidelity = Of(map => map.Infidelity),
            MaxSensitivity = Of(map => map.MaxSensitivity),
            Delta = Of(map => map.Delta is { } delta ? Math.Abs(delta) : null),
            RandomizationCorrelation = Of(map => map.RandomizationCorrelation),
            DependsOnModel = dependent.Length == 0 ? null : 2 * dependent.Count(depends => depends) >= dependent.Length,
        };

        Statistic? Of(Func<SaliencyMeasurement, double?> value) => Statistic.Of(maps.Select(value));
    }

    private static Recipe Recipe(SaliencyMap map, ExplainedScore explained)
    {
        var options = explained.Options;
        return Recipes.Create(
            "Measure-SaliencyMap", explained.Model, options.BatchSize,
            (nameof(map.Method), map.Method), (nameof(map.Layer), map.Layer), (nameof(map.Target), map.Target),
            (nameof(options.Measure), string.Join(',', options.Measure)), (nameof(options.PixelStep), explained.PixelStep),
            (nameof(options.NoiseRadius), options.NoiseRadius), (nameof(options.NoiseCount), options.NoiseCount),
            (nameof(options.RandomizationStep), options.RandomizationStep), (nameof(options.RandomizationCount), options.RandomizationCount)) with
        {
            Seed = options.Seed,
        };
    }
}
