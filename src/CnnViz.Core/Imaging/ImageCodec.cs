using System.Reflection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace CnnViz.Imaging;

/// <summary>Reads and writes picture files through ImageSharp. Every member may be called from any thread.</summary>
internal static class ImageCodec
{
    private static readonly Configuration Formats = new(
        new PngConfigurationModule(), new JpegConfigurationModule(), new WebpConfigurationModule(), new GifConfigurationModule(),
        new TiffConfigurationModule(), new BmpConfigurationModule());

    /// <summary>The libraries and their versions: <c>ImageSharp 2.1.13, SkiaSharp 3.119.0</c>.</summary>
    public static string Version { get; } = "ImageSharp " + typeof(Image).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] + $", {SkiaDecoder.Version}";

    /// <summary>
    /// Decodes the first frame of a PNG, JPEG, WebP, GIF, TIFF or BMP: upright, RGB or grey, palettes expanded, 16 bits kept,
    /// with its text metadata. Colour profiles are not applied.
    /// </summary>
    /// <param name="data">The whole file.</param>
    /// <param name="maximumPixels">The most pixels (width × height) to accept; checked from the header before anything is decoded.</param>
    /// <exception cref="ImageCodecException">The bytes are no picture, are damaged or cut short, or hold too many pixels.</exception>
    public static RawImage Decode(ReadOnlySpan<byte> data, long maximumPixels)
    {
        var format = ImageSignature.Recognise(data);
        ImageSignature.CheckWhole(data, format);
        try
        {
            var text = ImageText.Read(data, format);
            if (format == "webp" && ImageSignature.IsAnimatedWebP(data))
                return SkiaDecoder.Decode(data, isGrey: false, maximumPixels, text);
            var info = Image.Identify(Formats, new MemoryStream(data.ToArray()))
                ?? throw new ImageCodecException(ImageFault.Damaged, "Its header cannot be read.");
            if (format == "jpeg")
                return SkiaDecoder.Decode(data, info.Metadata.GetJpegMetadata().ColorType == JpegColorType.Luminance, maximumPixels, text);
            RawImage.CheckSize(info.Width, info.Height, maximumPixels);
            if (format == "tiff")
                return DecodeTiff(data, text);
            return (IsGrey(info), IsDeep(info)) switch
            {
                (true, false) => Load<La16>(data, 2, 8, text),
                (true, true) => Load<La32>(data, 2, 16, text),
                (false, false) => Load<Rgba32>(data, 4, 8, text),
                (false, true) => Load<Rgba64>(data, 4, 16, text),
            };
        }
        catch (Exception damage) when (damage is not (ImageCodecException or CnnVizException or OutOfMemoryException))
        {
            // A decoder that meets broken data throws whatever its reading led to.
            throw new ImageCodecException(ImageFault.Damaged, damage.Message.ReplaceLineEndings(" "), damage);
        }
    }

    /// <summary>Encodes a picture, or for GIF an animation that repeats for ever, with the first frame's text metadata.</summary>
    /// <param name="frames">Pictures of one size, 8 bits a sample, grey or RGB; more than one only for GIF.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">1 to 100 for JPEG and WebP, of which 100 is lossless for WebP; PNG and GIF do not use it.</param>
    /// <param name="delays">How long each frame of an animation stands, in milliseconds, in steps of 10.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.EncodeFailed"/>: it could not be written.</exception>
    public static byte[] Encode(IReadOnlyList<RawImage> frames, ImageFormat format, int quality, IReadOnlyList<int> delays)
    {
        try
        {
            using var image = format == ImageFormat.Gif ? Animate(frames, delays) : PixelsOf(frames[0]);
            using var stream = new MemoryStream();
            image.Save(stream, EncoderOf(format, quality, isGrey: frames[0].ChannelCount == 1));
            return ImageText.Insert(stream.ToArray(), format, frames[0].Text);
        }
        catch (ImageFormatException failure)
        {
            throw new ImageCodecException(ImageFault.EncodeFailed, failure.Message, failure);
        }
    }

    private static RawImage Load<TPixel>(ReadOnlySpan<byte> data, int channels, int bits, IReadOnlyDictionary<string, string> text)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = Image.Load<TPixel>(Formats, data);
        return Upright(image, channels, bits, text);
    }

    /// <summary>TIFF tells only with its decoded frame how many bits and colours it has, so that it is decoded with all of them.</summary>
    private static RawImage DecodeTiff(ReadOnlySpan<byte> data, IReadOnlyDictionary<string, string> text)
    {
        using var image = Image.Load<Rgba64>(Formats, data);
        var metadata = image.Frames.RootFrame.Metadata.GetTiffMetadata();
        var isDeep = metadata.BitsPerSample is { Channel0: > 8 };
        var isGrey = metadata.PhotometricInterpretation
            is TiffPhotometricInterpretation.BlackIsZero or TiffPhotometricInterpretation.WhiteIsZero;
        switch (isGrey, isDeep)
        {
            case (true, false):
                using (var grey = image.CloneAs<La16>())
                    return Upright(grey, 2, 8, text);
            case (true, true):
                using (var grey = image.CloneAs<La32>())
                    return Upright(grey, 2, 16, text);
            case (false, false):
                using (var color = image.CloneAs<Rgba32>())
                    return Upright(color, 4, 8, text);
            default:
                return Upright(image, 4, 16, text);
        }
    }

    private static RawImage Upright<TPixel>(Image<TPixel> image, int channels, int bits, IReadOnlyDictionary<string, string> text)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        image.Mutate(context => context.AutoOrient());
        var samples = new byte[checked(image.Width * image.Height * channels * bits / 8)];
        image.CopyPixelDataTo(samples);
        return new RawImage(image.Width, image.Height, channels, bits, samples, text);
    }

    private static bool IsGrey(IImageInfo info) =>
        info.Metadata.GetPngMetadata().ColorType is PngColorType.Grayscale or PngColorType.GrayscaleWithAlpha;

    private static bool IsDeep(IImageInfo info) => info.Metadata.GetPngMetadata().BitDepth == PngBitDepth.Bit16;

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
        ImageFormat.Png => new PngEncoder { ColorType = isGrey ? PngColorType.Grayscale : PngColorType.Rgb, BitDepth = PngBitDepth.Bit8 },
        ImageFormat.Jpeg => new JpegEncoder
        {
            Quality = quality,
            ColorType = isGrey ? JpegColorType.Luminance : quality >= 90 ? JpegColorType.YCbCrRatio444 : JpegColorType.YCbCrRatio420,
        },
        ImageFormat.WebP => new WebpEncoder { Quality = quality, FileFormat = quality == 100 ? WebpFileFormatType.Lossless : WebpFileFormatType.Lossy },
        _ => new GifEncoder { ColorTableMode = GifColorTableMode.Local },
    };
}
