using System.Runtime.InteropServices;
using CnnViz.Runtime;
using SkiaSharp;

namespace CnnViz.Imaging;

/// <summary>
/// Decodes JPEGs through SkiaSharp, whose libjpeg-turbo gives the pixels that Pillow and PyTorch get, and the first
/// frame of animated WebPs. Colour profiles are not applied.
/// </summary>
internal static class SkiaDecoder
{
    private const int RgbaChannels = 4;

    static SkiaDecoder() => NativeLibraries.RegisterSkiaSharp();

    /// <summary>The library and its version.</summary>
    public static string Version { get; } = $"SkiaSharp {typeof(SKCodec).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Decodes the first frame: upright, grey or RGBA with straight alpha, 8 bits a sample.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="isGrey">True to give one channel, of a picture that is grey.</param>
    /// <param name="maximumPixels">The most pixels (width × height) to accept; checked before anything is decoded.</param>
    /// <param name="text">The picture's text metadata.</param>
    /// <exception cref="ImageCodecException">The file is damaged, cut short, or holds too many pixels.</exception>
    public static RawImage Decode(ReadOnlySpan<byte> file, bool isGrey, long maximumPixels, IReadOnlyDictionary<string, string> text)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw new ImageCodecException(ImageFault.Damaged, "Its header cannot be read.");
        var size = codec.Info.Size;
        RawImage.CheckSize(size.Width, size.Height, maximumPixels);
        // Without a colour space Skia converts nothing.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        var pixels = new byte[checked(size.Width * size.Height * RgbaChannels)];
        SKCodecResult result;
        unsafe
        {
            fixed (byte* start = pixels)
                result = codec.GetPixels(info, (nint)start);
        }
        if (result != SKCodecResult.Success)
            throw new ImageCodecException(ImageFault.Damaged, result == SKCodecResult.IncompleteInput ? "Its end is missing." : $"Its data cannot be decoded ({result}).");
        var (upright, width, height) = Orient(MemoryMarshal.Cast<byte, uint>(pixels), size.Width, size.Height, codec.EncodedOrigin);
        var samples = MemoryMarshal.AsBytes<uint>(upright);
        return isGrey
            ? new RawImage(width, height, 1, 8, FirstChannel(samples), text)
            : new RawImage(width, height, RgbaChannels, 8, samples.ToArray(), text);
    }

    /// <summary>The pixels as EXIF wants them shown.</summary>
    private static (uint[] Pixels, int Width, int Height) Orient(ReadOnlySpan<uint> pixels, int width, int height, SKEncodedOrigin origin)
    {
        var isTransposed = origin >= SKEncodedOrigin.LeftTop;
        var (newWidth, newHeight) = isTransposed ? (height, width) : (width, height);
        var upright = new uint[pixels.Length];
        for (var row = 0; row < newHeight; row++)
        {
            for (var column = 0; column < newWidth; column++)
            {
                var (x, y) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - column, row),
                    SKEncodedOrigin.BottomRight => (width - 1 - column, height - 1 - row),
                    SKEncodedOrigin.BottomLeft => (column, height - 1 - row),
                    SKEncodedOrigin.LeftTop => (row, column),
                    SKEncodedOrigin.RightTop => (row, height - 1 - column),
                    SKEncodedOrigin.RightBottom => (width - 1 - row, height - 1 - column),
                    SKEncodedOrigin.LeftBottom => (width - 1 - row, column),
                    _ => (column, row),
                };
                upright[(row * newWidth) + column] = pixels[(y * width) + x];
            }
        }
        return (upright, newWidth, newHeight);
    }

    private static byte[] FirstChannel(ReadOnlySpan<byte> samples)
    {
        var grey = new byte[samples.Length / RgbaChannels];
        for (var index = 0; index < grey.Length; index++)
            grey[index] = samples[index * RgbaChannels];
        return grey;
    }
}
