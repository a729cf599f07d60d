using System.Globalization;

namespace CnnViz.Imaging;

/// <summary>Magnifies a small picture and writes each pixel's value into it.</summary>
public static class Annotation
{
    private const int MostPixels = 16_384;
    private const int Margin = 2;

    /// <summary>Draws every pixel as a square that holds its value, in black or white, whichever is seen better; three values for RGB.</summary>
    /// <param name="values">A picture, or a map of shape H,W or 1,H,W of any range; at most 16,384 pixels.</param>
    /// <param name="colors">The colours of a map; where null, grey from 0 to 1 for a picture and diverging for a map with negative values.</param>
    /// <param name="decimals">The most digits behind the point; trailing zeros are left out.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: neither a picture nor one map; <c>ArgumentInvalid</c>: too many pixels or digits.</exception>
    public static CnnImage Draw(CnnTensor values, ColorMap? colors = null, int decimals = 2) =>
        Draw(values as CnnImage ?? ColorsOf(values, colors).Apply(values), values, decimals);

    /// <summary>The values' texts, invariant, without trailing zeros, and 0 never negative.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: too many digits.</exception>
    internal static string[] Texts(CnnTensor values, int decimals)
    {
        if (decimals is < 0 or > 6)
            throw Errors.ArgumentInvalid("The number of decimals", decimals, "0 to 6");
        var format = decimals == 0 ? "0" : "0." + new string('#', decimals);
        return Array.ConvertAll(values.Data, value => value.ToString(format, CultureInfo.InvariantCulture) is var text and not "-0" ? text : "0");
    }

    /// <summary>Magnifies a drawn picture and writes the values that it shows into it.</summary>
    /// <param name="drawn">The colours.</param>
    /// <param name="values">One value a pixel, or as many as <paramref name="drawn"/> has.</param>
    /// <param name="decimals">The most digits behind the point.</param>
    internal static CnnImage Draw(CnnImage drawn, CnnTensor values, int decimals)
    {
        var texts = Texts(values, decimals);
        var pixels = drawn.Height * drawn.Width;
        var channels = values.Count / Math.Max(pixels, 1);
        if (pixels is 0 or > MostPixels)
            throw Errors.ArgumentInvalid("The picture to write values into", $"{drawn.Width} × {drawn.Height} pixels", $"1 to {MostPixels:N0} pixels; resize or crop it");

        var side = Math.Max(BitmapFont.WidthOf(texts.MaxBy(text => text.Length)!), channels * BitmapFont.CellHeight) + (2 * Margin);
        var canvas = new Canvas(drawn.Height * side, drawn.Width * side, Rgb.Black);
        canvas.Draw(drawn, 0, 0, side);
        for (var index = 0; index < pixels; index++)
        {
            var (row, column) = Math.DivRem(index, drawn.Width);
            for (var channel = 0; channel < channels; channel++)
            {
                var text = texts[(channel * pixels) + index];
                canvas.Write(text,
                    (column * side) + ((side - BitmapFont.WidthOf(text) + 1) / 2),
                    (row * side) + ((side - (channels * BitmapFont.CellHeight)) / 2) + (channel * BitmapFont.CellHeight),
                    drawn.ColorAt(index).Contrast);
            }
        }
        return canvas.ToImage();
    }

    private static ColorMap ColorsOf(CnnTensor values, ColorMap? colors) => colors ?? (values.Minimum < 0 ? ColorMap.Diverging : ColorMap.Grey);
}
