namespace CnnViz.Imaging;

/// <summary>
/// A decoded picture as the codec gives it: upright (EXIF orientation applied), RGB or grey, samples interleaved,
/// alpha not yet flattened.
/// </summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="ChannelCount">1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha (straight, not premultiplied).</param>
/// <param name="BitDepth">8 or 16 bits a sample.</param>
/// <param name="Samples">Height × Width × ChannelCount samples, row by row; 16-bit samples in the machine's byte
/// order.</param>
/// <param name="Text">The picture's text metadata by key (PNG text chunks; the same text where JPEG, WebP and GIF
/// keep theirs).</param>
internal sealed record RawImage(
    int Width, int Height, int ChannelCount, int BitDepth, byte[] Samples, IReadOnlyDictionary<string, string> Text)
{
    /// <summary>The most pixels of which the samples fit into an array, whatever the caller's limit.</summary>
    public static long MaximumPixels { get; } = Array.MaxLength / (4 * sizeof(ushort));

    /// <summary>Refuses an image with too many pixels, before anything is decoded.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="maximumPixels">The caller's limit.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.TooLarge"/>.</exception>
    public static void CheckSize(int width, int height, long maximumPixels)
    {
        if ((long)width * height > Math.Min(maximumPixels, MaximumPixels))
            throw new ImageCodecException(ImageFault.TooLarge, $"{width:N0} × {height:N0} pixels");
    }
}

/// <summary>The file formats that can be written.</summary>
public enum ImageFormat
{
    /// <summary>Portable Network Graphics, lossless.</summary>
    Png,

    /// <summary>JPEG, lossy.</summary>
    Jpeg,

    /// <summary>WebP, lossy below quality 100, lossless at 100.</summary>
    WebP,

    /// <summary>GIF, animated where there are several frames.</summary>
    Gif,
}
