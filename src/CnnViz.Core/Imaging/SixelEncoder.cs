using System.Globalization;
using System.Text;

namespace CnnViz.Imaging;

/// <summary>
/// Pictures as Sixel, the graphics of DEC's VT340: bands of six rows, for each colour of a band the columns in which it stands, of at most 256 colours in per cent.
/// </summary>
internal static class SixelEncoder
{
    private const int BandHeight = 6;

    /// <summary>The picture with a palette of its own; Floyd-Steinberg dithering where it has more colours.</summary>
    public static string Encode(CnnImage image)
    {
        var palette = ColorPalette.Of(image);
        var indices = palette.Map(image);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\eP0;1;0q\"1;1;{image.Width};{image.Height}");
        for (var color = 0; color < palette.Colors.Count; color++)
        {
            var (r, g, b) = palette.Colors[color];
            text.Append(CultureInfo.InvariantCulture, $"#{color};2;{Percent(r)};{Percent(g)};{Percent(b)}");
        }
        for (var top = 0; top < image.Height; top += BandHeight)
        {
            AppendBand(text, indices, image.Width, top, Math.Min(BandHeight, image.Height - top));
            text.Append('-');
        }
        return text.Append("\e\\").ToString();
    }

    private static int Percent(float value) => (int)MathF.Round(value * 100);

    private static void AppendBand(StringBuilder text, byte[] indices, int width, int top, int height)
    {
        // The bits of each column, by colour.
        var columns = new SortedDictionary<byte, byte[]>();
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var color = indices[((top + row) * width) + column];
                if (!columns.TryGetValue(color, out var bits))
                    columns.Add(color, bits = new byte[width]);
                bits[column] |= (byte)(1 << row);
            }
        }
        var isFirst = true;
        foreach (var (color, bits) in columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(isFirst ? "" : "$")}#{color}");
            isFirst = false;
            AppendRuns(text, bits.AsSpan().TrimEnd((byte)0));
        }
    }

    private static void AppendRuns(StringBuilder text, ReadOnlySpan<byte> bits)
    {
        while (bits.Length > 0)
        {
            var length = bits.IndexOfAnyExcept(bits[0]) is > 0 and var end ? end : bits.Length;
            var letter = (char)('?' + bits[0]);
            if (length > 3)
                text.Append(CultureInfo.InvariantCulture, $"!{length}{letter}");
            else
                text.Append(letter, length);
            bits = bits[length..];
        }
    }
}
