using System.Runtime.InteropServices;
using CnnViz.Runtime;
using SkiaSharp;

namespace CnnViz.Imaging;

/// <summary>
/// Decodes JPEGs through SkiaSharp, whose libjpeg-turbo gives the pixels that Pillow and PyTorch get, CMYK included,
/// and the first frame of animated WebPs, which ImageSharp does not read. Colour profiles are not applied.
/// </summary>
internal static class SkiaDecoder
{
    /// <summary>Decodes a JPEG: upright, grey or RGB with an alpha of 255, 8 bits a sample.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maximumPixels">The most pixels to accept; checked before the native library sees the
    /// file.</param>
    /// <exception cref="ImageCodecException">The file is damaged, cut short, of an unsupported kind, or too
    /// large.</exception>
    public static RawImage DecodeJpeg(byte[] file, long maximumPixels)
    {
        var header = JpegFile.ReadHeader(file);
        RawImage.CheckSize(header.Width, header.Height, maximumPixels);
        var text = ImageText.ReadJpeg(file);
        return header.ComponentCount == 1
            ? Decode<byte>(file, SKColorType.Gray8, maximumPixels, text)
            : Decode<uint>(file, SKColorType.Rgba8888, maximumPixels, text);
    }

    /// <summary>Decodes the first frame of a WebP: upright RGBA with straight alpha, 8 bits a sample.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maximumPixels">The most pixels to accept; checked before anything is decoded.</param>
    /// <exception cref="ImageCodecException">The file is damaged, cut short, or too large.</exception>
    public static RawImage DecodeWebP(byte[] file, long maximumPixels) =>
        Decode<uint>(file, SKColorType.Rgba8888, maximumPixels, ImageText.None);

    /// <typeparam name="TPixel">A pixel of the colour type: a byte for grey, 32 bits for RGBA.</typeparam>
    private static unsafe RawImage Decode<TPixel>(
        byte[] file, SKColorType colorType, long maximumPixels, IReadOnlyDictionary<string, string> text)
        where TPixel : unmanaged
    {
        fixed (byte* start = file)
        {
            NativeLibraries.RegisterSkiaSharp();
            using var data = SKData.Create((nint)start, file.Length);
            using var codec = SKCodec.Create(data)
                ?? throw new ImageCodecException(ImageFault.Damaged, "Its header cannot be read.");
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            RawImage.CheckSize(width, height, maximumPixels);
            var samples = new byte[width * height * sizeof(TPixel)];
            var alpha = colorType == SKColorType.Gray8 ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
            // Without a colour space Skia converts nothing.
            var info = new SKImageInfo(width, height, colorType, alpha, colorspace: null);
            fixed (byte* target = samples)
                Check(codec.GetPixels(info, (nint)target));
            var image = new RawImage(width, height, sizeof(TPixel), 8, samples, text);
            return ToUpright<TPixel>(image, codec.EncodedOrigin);
        }
    }

    private static void Check(SKCodecResult result)
    {
        if (result == SKCodecResult.IncompleteInput)
            throw new ImageCodecException(ImageFault.Damaged, "Its end is missing.");
        if (result != SKCodecResult.Success)
            throw new ImageCodecException(ImageFault.Damaged, $"Its data cannot be decoded ({result}).");
    }

    /// <summary>
    /// The image in the orientation that EXIF asks for; the given one itself if nothing has to move.
    /// </summary>
    private static RawImage ToUpright<TPixel>(RawImage image, SKEncodedOrigin origin)
        where TPixel : unmanaged
    {
        var (width, height) = (image.Width, image.Height);
        var last = (width * height) - 1;
        // The position of the first upright pixel, and the steps to the next column and to the next row.
        var (start, columnStep, rowStep) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => (last, -1, -width),
            SKEncodedOrigin.BottomLeft => (last + 1 - width, 1, -width),
            SKEncodedOrigin.LeftTop => (0, width, 1),
            SKEncodedOrigin.RightTop => (last + 1 - width, -width, 1),
            SKEncodedOrigin.RightBottom => (last, -width, -1),
            SKEncodedOrigin.LeftBottom => (width - 1, width, -1),
            _ => default,
        };
        if (columnStep == 0)
            return image;
        if (origin >= SKEncodedOrigin.LeftTop)
            (width, height) = (height, width);
        var samples = new byte[image.Samples.Length];
        var stored = MemoryMarshal.Cast<byte, TPixel>(image.Samples);
        var upright = MemoryMarshal.Cast<byte, TPixel>(samples.AsSpan());
        for (var row = 0; row < height; row++)
        {
            var source = start + (row * rowStep);
            foreach (ref var pixel in upright.Slice(row * width, width))
            {
                pixel = stored[source];
                source += columnStep;
            }
        }
        return image with { Width = width, Height = height, Samples = samples };
    }
}
