using System.Globalization;

namespace CnnViz.Imaging;

/// <summary>Curves over 1, 2, 3 … in a frame with round numbers beside it and the curves' names above it.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">What the numbers 1, 2, 3 … count.</param>
/// <param name="Format">How a value is written, such as <c>0.## %</c>.</param>
/// <param name="Curves">The curves, at least one, each with at least one value.</param>
internal sealed record CurvePanel(string Title, string Unit, string Format, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Curves)
{
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 48;
    private const int Bottom = 40;
    private const int MostLabels = 10;
    private const int MostMarks = 60;

    // Blue, orange and green of Okabe and Ito, which the colour-blind can tell apart too.
    private static readonly Rgb[] Colors = [new(0, 0.45f, 0.7f), new(0.84f, 0.37f, 0), new(0, 0.62f, 0.45f)];
    private static readonly Rgb Ink = new(0.15f, 0.15f, 0.15f);
    private static readonly Rgb Grid = new(0.85f, 0.85f, 0.85f);

    /// <summary>Draws it into a part of a canvas.</summary>
    /// <param name="canvas">The canvas, white.</param>
    /// <param name="x">The left edge of the part.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public void Draw(Canvas canvas, int x, int y, int width, int height)
    {
        var ticks = AxisTicks.For([.. Curves.SelectMany(curve => curve.Values)]);
        var count = Curves.Max(curve => curve.Values.Count);
        int PlaceOf(int index) => x + (count == 1 ? (Left + width - Right) / 2 : Left + (int)Math.Round((double)index * (width - Left - Right) / (count - 1)));
        int HeightOf(double value) => y + height - Bottom - (int)Math.Round((value - ticks.Low) / (ticks.High - ticks.Low) * (height - Top - Bottom));

        canvas.Write(Title, x + Left, y, Ink, 2);
        for (var tick = 0; tick <= ticks.Count; tick++)
        {
            var value = ticks.Low + (tick * ticks.Spacing);
            var text = value.ToString(Format, CultureInfo.InvariantCulture);
            canvas.Line(x + Left, HeightOf(value), x + width - Right, HeightOf(value), 1, Grid);
            canvas.Write(text, x + Left - 6 - BitmapFont.WidthOf(text), HeightOf(value) - (BitmapFont.CellHeight / 2), Ink);
        }
        for (var index = 0; index < count; index += (count + MostLabels - 1) / MostLabels)
        {
            var text = (index + 1).ToString(CultureInfo.InvariantCulture);
            canvas.Write(text, PlaceOf(index) - (BitmapFont.WidthOf(text) / 2), y + height - Bottom + 8, Ink);
        }
        canvas.Write(Unit, x + width - Right - BitmapFont.WidthOf(Unit), y + height - BitmapFont.CellHeight - 4, Ink);
        var legend = x + Left;
        for (var i = 0; i < Curves.Count; i++)
        {
            var ((name, values), color) = (Curves[i], Colors[i % Colors.Length]);
            canvas.Fill(legend, y + 30, 8, 8, color);
            canvas.Write(name, legend + 12, y + 28, Ink);
            legend += 24 + BitmapFont.WidthOf(name);
            for (var index = 0; index < values.Count; index++)
            {
                if (index > 0)
                    canvas.Line(PlaceOf(index - 1), HeightOf(values[index - 1]), PlaceOf(index), HeightOf(values[index]), 2, color);
                if (values.Count <= MostMarks)
                    canvas.Fill(PlaceOf(index) - 3, HeightOf(values[index]) - 3, 6, 6, color);
            }
        }
    }
}
