using System.Globalization;
using System.Text;

namespace CnnViz.Imaging;

/// <summary>A picture as text for a terminal: each character is an upper half block whose two colours are two pixels, in 24-bit colour.</summary>
public static class TerminalImage
{
    private const string Reset = "\e[0m";

    /// <summary>Draws the picture; lines end in a colour reset and are parted by line feeds.</summary>
    /// <param name="image">The picture; its proportions are kept, a character being two pixels high.</param>
    /// <param name="width">Characters in a line; where null the picture's own width, at most 80.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a width outside of 1 to 1,000, or a picture without pixels.</exception>
    public static string Render(CnnImage image, int? width = null)
    {
        Check(image, width);
        var columns = width ?? Math.Min(image.Width, 80);
        var rows = Math.Max((int)Math.Round((double)image.Height * columns / image.Width), 1);
        var interpolation = columns >= image.Width ? Interpolation.Nearest : Interpolation.Bilinear;
        var pixels = (rows, columns) == (image.Height, image.Width) ? image : ImageResize.Resize(image, rows, columns, interpolation);

        var text = new StringBuilder();
        for (var row = 0; row < rows; row += 2)
        {
            if (row > 0)
                text.Append('\n');
            var (lastUpper, lastLower) = ("", "");
            for (var column = 0; column < columns; column++)
            {
                var index = (row * columns) + column;
                var upper = Code(38, pixels.ColorAt(index));
                // An odd number of rows leaves the last line's lower half in the terminal's own colour.
                var lower = row + 1 < rows ? Code(48, pixels.ColorAt(index + columns)) : "";
                text.Append(upper == lastUpper ? "" : upper).Append(lower == lastLower ? "" : lower).Append('▀');
                (lastUpper, lastLower) = (upper, lower);
            }
            text.Append(Reset);
        }
        return text.ToString();
    }

    /// <summary>Writes the values of a small picture or map, each on its pixel's colour; three lines a row for RGB.</summary>
    /// <param name="values">A picture, or a map of shape H,W or 1,H,W of any range.</param>
    /// <param name="options">The usual ones where null.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: neither a picture nor one map; <c>ArgumentInvalid</c>: more than 1,000 characters in a line.</exception>
    public static string RenderValues(CnnTensor values, DrawingOptions? options = null)
    {
        options ??= DrawingOptions.Default;
        var pixels = TensorDrawing.Draw(values, options with { Annotate = false });
        var texts = Annotation.Texts(values, options.Decimals);
        var cell = texts.Max(text => text.Length) + 1;
        var (plane, lines) = (pixels.Height * pixels.Width, values.Count / (pixels.Height * pixels.Width));
        if (lines is not (1 or 3) || cell * pixels.Width > 1000)
            throw Errors.ArgumentInvalid("The picture to write values of", $"{pixels.Width} pixels wide", $"at most {1000 / cell}, of one map or a picture; resize or crop it");
        var text = new StringBuilder();
        for (var row = 0; row < pixels.Height * lines; row++)
        {
            text.Append(row == 0 ? "" : "\n");
            for (var column = 0; column < pixels.Width; column++)
            {
                var index = (row / lines * pixels.Width) + column;
                var ground = pixels.ColorAt(index);
                text.Append(Code(48, ground)).Append(Code(38, ground.Contrast)).Append(texts[(row % lines * plane) + index].PadLeft(cell));
            }
            text.Append(Reset);
        }
        return text.ToString();
    }

    internal static void Check(CnnImage image, int? width)
    {
        if (width is < 1 or > 1000 || image.Count == 0)
            throw Errors.ArgumentInvalid("The width", width, "1 to 1,000 characters for a picture of at least one pixel");
    }

    private static string Code(int ground, Rgb color) => string.Create(CultureInfo.InvariantCulture,
        $"\e[{ground};2;{ImageConversion.ToByte(color.R)};{ImageConversion.ToByte(color.G)};{ImageConversion.ToByte(color.B)}m");
}
