using System.Globalization;
using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>The pictures of measurements: how the probability falls and rises with the pixels, and the map with the weights.</summary>
public static class SaliencyCurves
{
    private static readonly AxisTicks Probability = new(0, 1, 0.2);
    private static readonly AxisTicks Correlation = new(-1, 1, 0.5);

    /// <summary>Draws the curves of one measurement; null where it has none.</summary>
    /// <param name="measured">The measurement.</param>
    public static CnnImage? Draw(SaliencyMeasurement measured)
    {
        CurvePanel?[] panels =
        [
            Pixels("insertion and deletion", ("insertion", measured.InsertionAuc, measured.InsertionCurve), ("deletion", measured.DeletionAuc, measured.DeletionCurve)),
            measured.RoadCurve is not { } road ? null : Road(
                $"ROAD {Text(measured.Road)}", road,
                ("least important removed", [.. road.Select(point => point.LeastImportant)]), ("most important removed", [.. road.Select(point => point.MostImportant)])),
            Randomization((Name(measured), measured.RandomizationCorrelation, measured.RandomizationCurve)),
        ];
        return Draw(Title(measured, Name(measured)), panels);
    }

    /// <summary>Draws the curves of several measurements of one picture together, a colour a method; null where they have none.</summary>
    /// <param name="measured">The measurements, at least one.</param>
    public static CnnImage? Draw(IReadOnlyList<SaliencyMeasurement> measured)
    {
        CurvePanel?[] panels =
        [
            Pixels("deletion", [.. measured.Select(one => (Name(one), one.DeletionAuc, one.DeletionCurve))]),
            Pixels("insertion", [.. measured.Select(one => (Name(one), one.InsertionAuc, one.InsertionCurve))]),
            measured.All(one => one.RoadCurve is null) ? null : Road(
                "ROAD: half the difference", measured.First(one => one.RoadCurve is not null).RoadCurve!,
                [.. measured.Where(one => one.RoadCurve is not null).Select(one => ($"{Name(one)} {Text(one.Road)}", Halves(one.RoadCurve!)))]) with { Range = null },
            Randomization([.. measured.Select(one => (Name(one), one.RandomizationCorrelation, one.RandomizationCurve))]),
        ];
        return Draw(Title(measured[0], "several methods"), panels);
    }

    private static CnnImage? Draw(string title, CurvePanel?[] panels)
    {
        CurvePanel[] known = [.. panels.OfType<CurvePanel>()];
        return known.Length == 0 ? null : CurveSheet.Draw(title, known);
    }

    private static CurvePanel? Pixels(string title, params IReadOnlyList<(string Name, double? Area, IReadOnlyList<CurvePoint>? Curve)> curves)
    {
        var known = curves.Where(curve => curve.Curve is not null).ToArray();
        return known.Length == 0 ? null : new CurvePanel(
            title, "pixels", "0 %", [.. known.Select(curve => ($"{curve.Name} {Text(curve.Area)}", Values(curve.Curve!.Select(point => point.Probability))))])
        {
            Fractions = [.. known[0].Curve!.Select(point => point.Fraction)],
            Range = Probability,
        };
    }

    private static CurvePanel Road(string title, IReadOnlyList<RoadPoint> road, params IReadOnlyList<(string Name, IReadOnlyList<double> Values)> curves) =>
        new(title, "pixels removed", "0 %", curves) { Fractions = [.. road.Select(point => point.Fraction)], Range = Probability };

    private static CurvePanel? Randomization(params IReadOnlyList<(string Name, double? Mean, IReadOnlyList<RandomizationPoint>? Curve)> curves)
    {
        var known = curves.Where(curve => curve.Curve is not null).ToArray();
        // Where nothing is random yet, every map is like itself.
        return known.Length == 0 ? null : new CurvePanel(
            "correlation with random weights", "layers random, the last first", "0.0",
            [.. known.Select(curve => ($"{curve.Name} {Text(curve.Mean)}", Values(curve.Curve!.Select(point => point.Correlation).Prepend(1))))])
        {
            Fractions = [0, .. known[0].Curve!.Select(point => point.Fraction)],
            Range = Correlation,
        };
    }

    private static IReadOnlyList<double> Halves(IReadOnlyList<RoadPoint> road) => Values(road.Select(point => (point.LeastImportant - point.MostImportant) / 2));

    private static IReadOnlyList<double> Values(IEnumerable<double> values) => [.. values];

    private static string Name(SaliencyMeasurement measured) => measured.Method.ToString();

    private static string Title(SaliencyMeasurement measured, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(measured.Source)} {measured.Label} {measured.Probability:0.0 %}: {what}").Trim();

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
