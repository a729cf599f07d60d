using System.Globalization;
using CnnViz.Imaging;
using static System.Net.WebUtility;

namespace CnnViz.Reporting;

/// <summary>A picture as it stands in a page: its file as data, no larger than a page needs.</summary>
/// <param name="Data">The whole file.</param>
/// <param name="MediaType">Its type, such as <c>image/webp</c>.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Text">What is seen, for those who do not see it.</param>
internal sealed record PagePicture(byte[] Data, string MediaType, int Width, int Height, string Text)
{
    private const int LongestSide = 1280;
    private const int SmallestWidth = 160;
    private const int LosslessBytes = 120_000;
    private const int LosslessQuality = 100;
    private const int PhotoQuality = 86;

    /// <summary>
    /// A picture for a page. Small files keep every pixel; what is large and full of detail, as photos and dreams are, becomes JPEG, at no more than 1280 pixels.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="text">What is seen.</param>
    /// <param name="isExact">Every level counts, as in an adversarial example: nothing is lost, whatever its size.</param>
    /// <param name="longestSide">The longer side, at most.</param>
    public static PagePicture Of(CnnImage image, string text, bool isExact = false, int longestSide = LongestSide)
    {
        var factor = isExact ? 1 : Math.Min(1, (double)longestSide / Math.Max(image.Height, image.Width));
        // The recipe stands in the page and need not stand in the picture, too.
        var shown = factor == 1
            ? new CnnImage(image.Data, image.ChannelCount, image.Height, image.Width)
            : ImageResize.Resize(image.With(image.Data, image.ChannelCount, image.Height, image.Width), Math.Max(1, (int)Math.Round(image.Height * factor)), Math.Max(1, (int)Math.Round(image.Width * factor)));
        var lossless = ImageExport.Encode(shown, ImageFormat.WebP, LosslessQuality);
        return isExact || lossless.Length <= LosslessBytes
            ? new(lossless, "image/webp", shown.Width, shown.Height, text)
            : new(ImageExport.Encode(shown, ImageFormat.Jpeg, PhotoQuality), "image/jpeg", shown.Width, shown.Height, text);
    }

    /// <summary>The picture as an element; a tiny one has visible pixels.</summary>
    /// <param name="attributes">Further attributes, with a space in front.</param>
    public string ToHtml(string attributes = "")
    {
        var scale = Math.Max(1, (SmallestWidth + Width - 1) / Width);
        var size = scale > 1 ? string.Create(CultureInfo.InvariantCulture, $" class=\"pixels\" style=\"width:{Width * scale}px\"") : "";
        return $"<img src=\"data:{MediaType};base64,{Convert.ToBase64String(Data)}\" width=\"{Width}\" height=\"{Height}\"{size} alt=\"{HtmlEncode(Text)}\"{attributes}>";
    }
}
