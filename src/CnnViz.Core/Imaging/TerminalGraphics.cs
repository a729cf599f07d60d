using System.Globalization;
using System.Text;

namespace CnnViz.Imaging;

/// <summary>A picture as text for a terminal, in the protocol that it knows.</summary>
public static class TerminalGraphics
{
    private const int UsualColumns = 80;
    private const int SmallestColumns = 32;
    private const int ChunkLength = 4096;

    /// <summary>Draws the picture.</summary>
    /// <param name="image">The picture; its proportions are kept.</param>
    /// <param name="terminal">The protocol (<see cref="TerminalProtocol.Auto"/> is half blocks) and the size of a character.</param>
    /// <param name="width">Characters in a line; where null the picture's own size, small ones enlarged, at most 80.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a width outside of 1 to 1,000, or a picture without pixels.</exception>
    public static string Render(CnnImage image, TerminalCapabilities terminal, int? width = null)
    {
        if (terminal.Protocol is not (TerminalProtocol.Sixel or TerminalProtocol.Kitty))
            return TerminalImage.Render(image, width);
        TerminalImage.Check(image, width);
        var own = (image.Width + terminal.CellWidth - 1) / terminal.CellWidth;
        var columns = width ?? Math.Min(Math.Max(own, Math.Min(image.Width, SmallestColumns)), UsualColumns);
        var pixels = Fit(image, columns * terminal.CellWidth);
        return terminal.Protocol == TerminalProtocol.Sixel ? SixelEncoder.Encode(pixels) : Kitty(pixels, columns);
    }

    private static CnnImage Fit(CnnImage image, int width)
    {
        var height = Math.Max((int)Math.Round((double)image.Height * width / image.Width), 1);
        return (height, width) == (image.Height, image.Width) ? image
            : ImageResize.Resize(image, height, width, width >= image.Width ? Interpolation.Nearest : Interpolation.Bilinear);
    }

    /// <summary>A PNG in chunks of base64; the terminal is asked to answer nothing.</summary>
    private static string Kitty(CnnImage image, int columns)
    {
        var data = Convert.ToBase64String(ImageExport.Encode(image));
        var text = new StringBuilder(data.Length + data.Length / 100);
        for (var start = 0; start < data.Length; start += ChunkLength)
        {
            var chunk = data.AsSpan(start, Math.Min(ChunkLength, data.Length - start));
            var isMore = start + ChunkLength < data.Length ? 1 : 0;
            var settings = start == 0 ? string.Create(CultureInfo.InvariantCulture, $"a=T,f=100,q=2,c={columns},") : "";
            text.Append(CultureInfo.InvariantCulture, $"\e_G{settings}m={isMore};{chunk}\e\\");
        }
        return text.ToString();
    }
}
