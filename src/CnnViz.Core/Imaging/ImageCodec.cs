using System.Reflection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using SkiaSharp;

namespace CnnViz.Imaging;

/// <summary>
/// Reads and writes image files, by ImageSharp and SkiaSharp. Every member may be called from any thread.
/// </summary>
internal static class ImageCodec
{
    /// <summary>The libraries and their versions: <c>ImageSharp 2.1.13, SkiaSharp 3.119.4</c>.</summary>
    public static string Version { get; } = $"ImageSharp {VersionOf(typeof(Image))}, SkiaSharp {VersionOf(typeof(SKCodec))}";

    /// <summary>
    /// Decodes the first frame of a PNG, JPEG, WebP, GIF, TIFF or BMP: upright, RGB or grey, palettes expanded, 16
    /// bits
    /// kept, with its text metadata. Colour profiles are not applied.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="maximumPixels">The most pixels (width × height) to accept; read from the header before
    /// decoding.</param>
    /// <exception cref="ImageCodecException">The file is no image, damaged, cut short, of an unsupported kind of its
    /// format, or has too many pixels.</exception>
    public static RawImage Decode(byte[] file, long maximumPixels)
    {
        var format = ImageSignature.Recognise(file);
        ImageSignature.CheckWhole(file, format);
        try
        {
            return format switch
            {
                "jpeg" => SkiaDecoder.DecodeJpeg(file, maximumPixels),
                "webp" when ImageSignature.IsAnimatedWebP(file) => SkiaDecoder.DecodeWebP(file, maximumPixels),
                _ => ImageSharpDecoder.Decode(file, format, maximumPixels),
            };
        }
        catch (NotSupportedException failure)
        {
            throw new ImageCodecException(ImageFault.Unsupported, SentenceOf(failure), failure);
        }
        catch (Exception failure) when (failure is not (ImageCodecException or CnnVizException or OutOfMemoryException))
        {
            // A decoder that meets broken data throws whatever its reading led to.
            throw new ImageCodecException(ImageFault.Damaged, SentenceOf(failure), failure);
        }
    }

    /// <summary>
    /// Encodes an image, or for GIF an animation that repeats for ever, with the first frame's text.
    /// </summary>
    /// <param name="frames">Images of one size, 8 bits a sample, grey or RGB; more than one only for GIF.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">1 to 100 for JPEG and WebP; 100 is lossless for WebP. PNG and GIF do not use it.</param>
    /// <param name="delays">The duration of each frame of an animation, in milliseconds, in steps of 10.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.EncodeFailed"/>: it could not be
    /// written.</exception>
    public static byte[] Encode(
        IReadOnlyList<RawImage> frames, ImageFormat format, int quality, IReadOnlyList<int> delays)
    {
        try
        {
            var text = frames[0].Text;
            using var image = format == ImageFormat.Gif ? Animate(frames, delays) : PixelsOf(frames[0]);
            using var stream = new MemoryStream();
            ImageText.Attach(image.Metadata, format, text);
            image.Save(stream, EncoderOf(format, quality, isGrey: frames[0].ChannelCount == 1));
            return format == ImageFormat.Jpeg ? ImageText.InsertIntoJpeg(stream.ToArray(), text) : stream.ToArray();
        }
        catch (ImageFormatException failure)
        {
            throw new ImageCodecException(ImageFault.EncodeFailed, failure.Message, failure);
        }
    }

    private static string? VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static string SentenceOf(Exception failure) =>
        failure.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";

    private static Image PixelsOf(RawImage frame) => frame.ChannelCount == 1
        ? Image.LoadPixelData<L8>(frame.Samples, frame.Width, frame.Height)
        : Image.LoadPixelData<Rgb24>(frame.Samples, frame.Width, frame.Height);

    /// <summary>In RGBA, because the GIF encoder takes black for transparent in a pixel without alpha.</summary>
    private static Image<Rgba32> Animate(IReadOnlyList<RawImage> frames, IReadOnlyList<int> delays)
    {
        using var first = PixelsOf(frames[0]);
        var animation = first.CloneAs<Rgba32>();
        animation.Metadata.GetGifMetadata().RepeatCount = 0;
        for (var index = 0; index < frames.Count; index++)
        {
            if (index > 0)
            {
                using var pixels = PixelsOf(frames[index]);
                using var next = pixels.CloneAs<Rgba32>();
                animation.Frames.AddFrame(next.Frames.RootFrame);
            }
            animation.Frames[index].Metadata.GetGifMetadata().FrameDelay = delays[index] / 10;
        }
        return animation;
    }

    private static IImageEncoder EncoderOf(ImageFormat format, int quality, bool isGrey) => format switch
    {
        ImageFormat.Png => new PngEncoder
        {
            ColorType = isGrey ? PngColorType.Grayscale : PngColorType.Rgb,
            BitDepth = PngBitDepth.Bit8,
            // Compressed text is read within narrow limits alone.
            TextCompressionThreshold = int.MaxValue,
        },
        ImageFormat.Jpeg => new JpegEncoder
        {
            Quality = quality,
            ColorType = isGrey ? JpegColorType.Luminance
                : quality >= 90 ? JpegColorType.YCbCrRatio444
                : JpegColorType.YCbCrRatio420,
        },
        ImageFormat.WebP => new WebpEncoder
        {
            Quality = quality,
            FileFormat = quality == 100 ? WebpFileFormatType.Lossless : WebpFileFormatType.Lossy,
        },
        _ => new GifEncoder { ColorTableMode = GifColorTableMode.Local },
    };
}
