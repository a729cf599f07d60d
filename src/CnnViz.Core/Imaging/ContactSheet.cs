namespace CnnViz.Imaging;

/// <summary>Lays pictures out in a grid with captions and a title.</summary>
public static class ContactSheet
{
    private const int LargestSide = 32_768;
    private const int CaptionLines = 3;
    private const int LongestRow = 6;
    private const int WidthOfLargeText = 300; // cells at least this wide have captions in double size

    /// <summary>Draws the sheet: every cell as large as the largest tile, tiles centred in their cells.</summary>
    /// <param name="tiles">The pictures in reading order, at least one.</param>
    /// <param name="options">The usual ones where null.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: no tile, a column count below 1, a negative padding, or a sheet of more than 32,768 pixels a side.</exception>
    public static CnnImage Draw(IReadOnlyList<ContactSheetTile> tiles, ContactSheetOptions? options = null)
    {
        options ??= new ContactSheetOptions();
        if (tiles.Count == 0)
            throw Errors.ArgumentInvalid("The number of pictures", 0, "at least one");
        if (options.ColumnCount < 1)
            throw Errors.ArgumentInvalid("The number of columns", options.ColumnCount, "at least 1");
        if (options.Padding < 0)
            throw Errors.ArgumentInvalid("The padding", options.Padding, "0 or more");

        var magnifications = tiles.Select(tile => Magnification(tile.Image, options.MinimumTileSize)).ToArray();
        var cellWidth = tiles.Zip(magnifications, (tile, magnification) => tile.Image.Width * magnification).Max();
        var cellHeight = tiles.Zip(magnifications, (tile, magnification) => tile.Image.Height * magnification).Max();
        var textScale = cellWidth >= WidthOfLargeText ? 2 : 1;
        var captions = tiles.Select(tile => Lines(tile.Caption, cellWidth, textScale)).ToArray();
        var captionHeight = captions.Max(lines => lines.Count) * BitmapFont.CellHeight * textScale;

        var columns = Math.Min(options.ColumnCount ?? (int)Math.Ceiling(Math.Sqrt((double)tiles.Count * cellHeight / cellWidth)), tiles.Count);
        var rows = (tiles.Count + columns - 1) / columns;
        var (stepX, stepY) = ((long)cellWidth + options.Padding, (long)cellHeight + captionHeight + options.Padding);
        var width = (columns * stepX) + options.Padding;
        var title = Lines(options.Title, (int)Math.Min(width - (2 * options.Padding), LargestSide), 2);
        var titleHeight = title.Count == 0 ? 0 : (title.Count * BitmapFont.CellHeight * 2) + options.Padding;
        var height = (rows * stepY) + options.Padding + titleHeight;
        if (width > LargestSide || height > LargestSide)
            throw Errors.ArgumentInvalid("The contact sheet", $"{width:N0} × {height:N0} pixels", $"at most {LargestSide:N0} a side; take fewer or smaller pictures");

        var canvas = new Canvas((int)height, (int)width, options.Background);
        var ink = options.Background.Contrast;
        WriteLines(canvas, title, options.Padding, options.Padding, canvas.Width - (2 * options.Padding), 2, ink);
        for (var index = 0; index < tiles.Count; index++)
        {
            var (row, column) = Math.DivRem(index, columns);
            var left = options.Padding + (int)(column * stepX);
            var top = options.Padding + titleHeight + (int)(row * stepY);
            var image = tiles[index].Image;
            canvas.Draw(image,
                left + ((cellWidth - (image.Width * magnifications[index])) / 2),
                top + ((cellHeight - (image.Height * magnifications[index])) / 2),
                magnifications[index]);
            WriteLines(canvas, captions[index], left, top + cellHeight, cellWidth, textScale, ink);
        }
        return canvas.ToImage();
    }

    /// <summary>The columns that put each group of pictures, an original and what was made of it, into a row of its own.</summary>
    /// <param name="isFirst">For each picture, in reading order, whether a group begins with it.</param>
    /// <returns>Null where there are no groups, or groups of several lengths or too long for a row.</returns>
    public static int? ColumnsOf(IReadOnlyList<bool> isFirst)
    {
        int[] starts = [.. Enumerable.Range(0, isFirst.Count).Where(index => isFirst[index])];
        var lengths = starts.Zip([.. starts.Skip(1), isFirst.Count], (start, end) => end - start).Distinct().ToArray();
        return starts is [0, ..] && lengths is [<= LongestRow and var length] ? length : null;
    }

    private static int Magnification(CnnImage image, int minimumSize)
    {
        var side = Math.Max(image.Height, image.Width);
        return Math.Max((minimumSize + side - 1) / Math.Max(side, 1), 1);
    }

    private static IReadOnlyList<string> Lines(string? text, int width, int scale) =>
        string.IsNullOrWhiteSpace(text) ? [] : BitmapFont.Wrap(text, Math.Max(width / (BitmapFont.CellWidth * scale), 1), CaptionLines);

    private static void WriteLines(Canvas canvas, IReadOnlyList<string> lines, int left, int top, int width, int scale, Rgb ink)
    {
        for (var line = 0; line < lines.Count; line++)
        {
            var indent = (width - BitmapFont.WidthOf(lines[line], scale)) / 2;
            canvas.Write(lines[line], left + indent, top + (line * BitmapFont.CellHeight * scale), ink, scale);
        }
    }
}
