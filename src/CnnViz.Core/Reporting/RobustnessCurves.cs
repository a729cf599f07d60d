using CnnViz.Attacks;
using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>The picture of robustness: the accuracy over ε with its interval, a line for every model and attack, and of a single line every class by itself.</summary>
public static class RobustnessCurves
{
    private const int MostClasses = 12;
    private const int MostMarks = 9;
    private static readonly AxisTicks Accuracy = new(0, 1, 0.2);

    /// <summary>Draws it.</summary>
    /// <param name="points">The points, at least one.</param>
    public static CnnImage Draw(IReadOnlyList<RobustnessPoint> points)
    {
        double[] epsilons = [.. points.Select(point => point.Epsilon).Distinct().Order()];
        var lines = Lines(points);
        double Place(double epsilon) => epsilons.Length == 1 ? 0.5 : (epsilon - epsilons[0]) / (epsilons[^1] - epsilons[0]);
        var names = Names([.. lines.Select(line => line.Key)]);
        var curves = lines.Select(line => epsilons.Select(epsilon => line.Points.LastOrDefault(point => point.Epsilon == epsilon)).ToArray()).ToArray();
        var panel = new CurvePanel(
            "accuracy under attack", $"epsilon ({Distinct(lines.Select(line => line.Key.Norm))})", "0 %",
            [.. curves.Zip(names, (curve, name) => (name, (IReadOnlyList<double>)[.. curve.Select(point => point?.Accuracy ?? double.NaN)]))])
        {
            Fractions = [.. epsilons.Select(Place)],
            Marks = Marks([.. epsilons.Select(epsilon => (Place(epsilon), ((Fraction)epsilon).ToString()))]),
            Whiskers = [.. curves.Select(curve => (IReadOnlyList<(double, double)>)[.. curve.Select(point => (point?.Lower ?? 0, point?.Upper ?? 0))])],
            Range = Accuracy,
        };
        var first = lines[0].Key;
        var title = lines.Length == 1 ? $"{first.Model} on {first.Dataset}" : $"{Distinct(lines.Select(line => line.Key.Model))} on {Distinct(lines.Select(line => line.Key.Dataset))}";
        var sheet = CurveSheet.Draw(title, panel);
        return lines.Length == 1 && Classes([.. curves[0].OfType<RobustnessPoint>()]) is { } classes
            ? ContactSheet.Draw([new(sheet), new(classes)], new ContactSheetOptions { ColumnCount = 2, MinimumTileSize = 1, Padding = 0 })
            : sheet;
    }

    private static string Distinct(IEnumerable<string> texts) => string.Join(", ", texts.Distinct());

    /// <summary>A line for each model, dataset, attack and norm; the accuracy without an attack, at ε = 0, is the beginning of each of its model and dataset.</summary>
    private static ((string Model, string Dataset, string Method, string Norm) Key, RobustnessPoint[] Points)[] Lines(IReadOnlyList<RobustnessPoint> points)
    {
        var attacked = points.Where(point => point.Epsilon > 0).DefaultIfEmpty(points[0]);
        return
        [
            .. attacked.Select(KeyOf).Distinct().Select(key => (key, points.Where(
                point => KeyOf(point) == key || (point.Epsilon == 0 && (point.ModelName, point.Dataset) == (key.Model, key.Dataset))).ToArray())),
        ];
    }

    private static (string Model, string Dataset, string Method, string Norm) KeyOf(RobustnessPoint point) => (point.ModelName, point.Dataset, point.Method, point.Norm);

    /// <summary>What tells the lines apart.</summary>
    private static string[] Names((string Model, string Dataset, string Method, string Norm)[] lines)
    {
        Func<(string Model, string Dataset, string Method, string Norm), string>[] parts = [line => line.Model, line => line.Dataset, line => line.Method, line => line.Norm];
        var differing = parts.Where(part => lines.Select(part).Distinct().Count() > 1).DefaultIfEmpty(parts[2]).ToArray();
        return Array.ConvertAll(lines, line => string.Join(' ', differing.Select(part => part(line))));
    }

    /// <summary>As many as have room below the axis.</summary>
    private static (double Place, string Text)[] Marks((double Place, string Text)[] all)
    {
        var kept = new List<(double Place, string Text)>();
        foreach (var mark in all)
        {
            if (kept.Count == 0 || mark.Place - kept[^1].Place >= 1.0 / MostMarks)
                kept.Add(mark);
        }
        return [.. kept];
    }

    /// <summary>The classes and ε as a table, of many classes those that withstand least; null where there is but one.</summary>
    private static CnnImage? Classes(RobustnessPoint[] points)
    {
        var classes = points[^1].Classes.OrderBy(part => part.Accuracy).Take(MostClasses).OrderBy(part => part.Class).ToArray();
        if (classes.Length < 2)
            return null;
        var isPart = classes.Length < points[^1].Classes.Count;
        return new HeatTable(
            isPart ? "the weakest classes" : "by class", [.. classes.Select(part => part.Label)],
            [.. points.Select(point => ((Fraction)Math.Round(point.Epsilon, 6)).ToString())],
            (row, column) => points[column].Classes.FirstOrDefault(part => part.Class == classes[row].Class)?.Accuracy ?? double.NaN)
        {
            ColumnTitle = "epsilon",
        }.Draw();
    }
}
