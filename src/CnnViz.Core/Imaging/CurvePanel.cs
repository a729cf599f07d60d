using System.Globalization;

namespace CnnViz.Imaging;

/// <summary>Curves over 1, 2, 3 … or over parts of a whole, in a frame with round numbers beside it and the curves' names above it.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">What the numbers 1, 2, 3 …, or the parts, count.</param>
/// <param name="Format">How a value is written, such as <c>0.## %</c>.</param>
/// <param name="Curves">The curves, at least one, each with at least one value. A value that is no number is left out, and the line goes on to the next.</param>
internal sealed record CurvePanel(string Title, string Unit, string Format, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Curves)
{
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 48;
    private const int Bottom = 40;
    private const int MostLabels = 10;
    private const int MostMarks = 60;

    private const int LegendLine = 14;
    private const int WhiskerEnd = 4;

    // Those of Okabe and Ito, which the colour-blind can tell apart too, without the yellow, which white paper swallows.
    private static readonly Rgb[] Colors =
    [
        new(0, 0.45f, 0.7f), new(0.84f, 0.37f, 0), new(0, 0.62f, 0.45f), new(0.8f, 0.47f, 0.65f), new(0.9f, 0.62f, 0), new(0.34f, 0.71f, 0.91f),
        new(0.15f, 0.15f, 0.15f),
    ];
    private static readonly Rgb Ink = new(0.15f, 0.15f, 0.15f);
    private static readonly Rgb Grid = new(0.85f, 0.85f, 0.85f);

    /// <summary>Where the values lie between 0 and 1, a place for each, and the axis then goes from 0 % to 100 %; null where they lie at 1, 2, 3 ….</summary>
    public IReadOnlyList<double>? Fractions { get; init; }

    /// <summary>What stands below the axis, and where on it, from 0 to 1; null for 1, 2, 3 … or per cents.</summary>
    public IReadOnlyList<(double Place, string Text)>? Marks { get; init; }

    /// <summary>For each curve from where to where each of its values may lie, drawn as whiskers; null for curves that are exact.</summary>
    public IReadOnlyList<IReadOnlyList<(double Low, double High)>>? Whiskers { get; init; }

    /// <summary>The lowest and the highest value of the axis; null for round numbers around the curves'.</summary>
    public AxisTicks? Range { get; init; }

    /// <summary>Draws it into a part of a canvas.</summary>
    /// <param name="canvas">The canvas, white.</param>
    /// <param name="x">The left edge of the part.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public void Draw(Canvas canvas, int x, int y, int width, int height)
    {
        var legend = Legend(width - Left - Right);
        var top = Top + LegendLine * (legend.Length == 0 ? 0 : legend[^1].Line);
        var ticks = Range ?? AxisTicks.For([.. Curves.SelectMany(curve => curve.Values)]);
        var count = Curves.Max(curve => curve.Values.Count);
        int Across(double part) => x + Left + (int)Math.Round(part * (width - Left - Right));
        int PlaceOf(int index) => Across(Fractions is not null ? Fractions[index] : count == 1 ? 0.5 : (double)index / (count - 1));
        int HeightOf(double value) => y + height - Bottom - (int)Math.Round((value - ticks.Low) / (ticks.High - ticks.Low) * (height - top - Bottom));

        canvas.Write(Title, x + Left, y, Ink, 2);
        for (var tick = 0; tick <= ticks.Count; tick++)
        {
            var value = ticks.Low + (tick * ticks.Spacing);
            var text = value.ToString(Format, CultureInfo.InvariantCulture);
            canvas.Line(x + Left, HeightOf(value), x + width - Right, HeightOf(value), 1, Grid);
            canvas.Write(text, x + Left - 6 - BitmapFont.WidthOf(text), HeightOf(value) - (BitmapFont.CellHeight / 2), Ink);
        }
        foreach (var (place, text) in Numbers(count, PlaceOf, Across))
            canvas.Write(text, place - (BitmapFont.WidthOf(text) / 2), y + height - Bottom + 8, Ink);
        canvas.Write(Unit, x + width - Right - BitmapFont.WidthOf(Unit), y + height - BitmapFont.CellHeight - 4, Ink);
        for (var i = 0; i < Curves.Count; i++)
        {
            var ((name, values), color) = (Curves[i], Colors[i % Colors.Length]);
            var (left, line) = (x + Left + legend[i].Left, y + 28 + legend[i].Line * LegendLine);
            canvas.Fill(left, line + 2, 8, 8, color);
            canvas.Write(name, left + 12, line, Ink);
            var before = -1;
            foreach (var index in Enumerable.Range(0, values.Count).Where(index => !double.IsNaN(values[index])))
            {
                if (before >= 0)
                    canvas.Line(PlaceOf(before), HeightOf(values[before]), PlaceOf(index), HeightOf(values[index]), 2, color);
                if (values.Count <= MostMarks)
                    canvas.Fill(PlaceOf(index) - 3, HeightOf(values[index]) - 3, 6, 6, color);
                if (Whiskers?[i][index] is var (low, high))
                    DrawWhisker(canvas, PlaceOf(index), HeightOf(low), HeightOf(high), color);
                before = index;
            }
        }
    }

    private static void DrawWhisker(Canvas canvas, int place, int low, int high, Rgb color)
    {
        canvas.Line(place, low, place, high, 1, color);
        canvas.Line(place - WhiskerEnd, low, place + WhiskerEnd, low, 1, color);
        canvas.Line(place - WhiskerEnd, high, place + WhiskerEnd, high, 1, color);
    }

    private IEnumerable<(int Place, string Text)> Numbers(int count, Func<int, int> placeOf, Func<double, int> across)
    {
        if (Marks is not null)
        {
            foreach (var (place, text) in Marks)
                yield return (across(place), text);
            yield break;
        }
        if (Fractions is not null)
        {
            for (var part = 0; part <= 4; part++)
                yield return (across(part / 4.0), $"{25 * part} %");
            yield break;
        }
        for (var index = 0; index < count; index += (count + MostLabels - 1) / MostLabels)
            yield return (placeOf(index), (index + 1).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where each name begins, and in which line.</summary>
    private (int Left, int Line)[] Legend(int width)
    {
        var places = new (int Left, int Line)[Curves.Count];
        var (left, line) = (0, 0);
        for (var i = 0; i < places.Length; i++)
        {
            var needed = 24 + BitmapFont.WidthOf(Curves[i].Name);
            if (left > 0 && left + needed - 12 > width)
                (left, line) = (0, line + 1);
            places[i] = (left, line);
            left += needed;
        }
        return places;
    }
}
