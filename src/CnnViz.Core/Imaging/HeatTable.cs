namespace CnnViz.Imaging;

/// <summary>Parts of a whole as a table of coloured cells, each with its value, with names beside the rows and above the columns.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Rows">The names of the rows, at least one.</param>
/// <param name="Columns">The names of the columns, at least one.</param>
/// <param name="Value">The value of a row and a column, in [0,1]; not a number for a cell that stays empty.</param>
internal sealed record HeatTable(string Title, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, Func<int, int, double> Value)
{
    private const int Margin = 16;
    private const int CellHeight = 26;
    private const int SmallestCell = 56;
    private const int LongestName = 24;

    private static readonly Rgb Ink = new(0.15f, 0.15f, 0.15f);
    private static readonly Rgb Empty = new(0.9f, 0.9f, 0.9f);

    /// <summary>What the names of the rows are.</summary>
    public string RowTitle { get; init; } = "";

    /// <summary>What the names of the columns are.</summary>
    public string ColumnTitle { get; init; } = "";

    /// <summary>Draws it.</summary>
    public CnnImage Draw()
    {
        string[] rows = [.. Rows.Select(Short)], columns = [.. Columns.Select(Short)];
        var left = Margin + rows.Append(RowTitle).Max(name => BitmapFont.WidthOf(name)) + 8;
        var cellWidth = Math.Max(SmallestCell, columns.Max(name => BitmapFont.WidthOf(name)) + 10);
        var top = Margin + (2 * BitmapFont.CellHeight) + 12 + (2 * BitmapFont.CellHeight);
        var width = Math.Max(left + (columns.Length * cellWidth), left + BitmapFont.WidthOf(ColumnTitle)) + Margin;
        width = Math.Max(width, BitmapFont.WidthOf(Title, 2) + (2 * Margin));
        var canvas = new Canvas(top + (rows.Length * CellHeight) + Margin, width, Rgb.White);
        canvas.Write(Title, Margin, Margin, Ink, 2);
        canvas.Write(ColumnTitle, left, top - (2 * BitmapFont.CellHeight) - 4, Ink);
        canvas.Write(RowTitle, left - 8 - BitmapFont.WidthOf(RowTitle), top - BitmapFont.CellHeight - 2, Ink);
        for (var column = 0; column < columns.Length; column++)
            Center(canvas, columns[column], left + (column * cellWidth), top - BitmapFont.CellHeight - 2, cellWidth, Ink);
        for (var row = 0; row < rows.Length; row++)
        {
            var y = top + (row * CellHeight);
            var textTop = y + ((CellHeight - BitmapFont.CellHeight) / 2);
            canvas.Write(rows[row], left - 8 - BitmapFont.WidthOf(rows[row]), textTop, Ink);
            for (var column = 0; column < columns.Length; column++)
            {
                var value = Value(row, column);
                var color = double.IsNaN(value) ? Empty : ColorMap.Viridis.At((float)value);
                canvas.Fill(left + (column * cellWidth), y, cellWidth - 2, CellHeight - 2, color);
                if (!double.IsNaN(value))
                    Center(canvas, FormattableString.Invariant($"{100 * value:0} %"), left + (column * cellWidth), textTop, cellWidth - 2, color.Contrast);
            }
        }
        return canvas.ToImage();
    }

    private static string Short(string name) => BitmapFont.Wrap(name, LongestName, 1)[0];

    private static void Center(Canvas canvas, string text, int left, int top, int width, Rgb color) =>
        canvas.Write(text, left + ((width - BitmapFont.WidthOf(text)) / 2), top, color);
}
