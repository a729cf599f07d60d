using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace CnnViz.Imaging;

/// <summary>
/// Decodes PNG, WebP, GIF, TIFF and BMP through ImageSharp: the first frame, upright. The size is read from the
/// header
/// before anything is decoded, and no buffer may be larger than the largest image that is accepted.
/// </summary>
internal static class ImageSharpDecoder
{
    /// <summary>
    /// Most bytes of compressed text that a PNG may hold to have its text read. ImageSharp inflates without a limit,
    /// and
    /// deflate makes up to 1,032 times as much of them.
    /// </summary>
    private const int MaxCompressedText = 1 << 16;

    /// <summary>Length, type and checksum of a PNG's chunk.</summary>
    private const int ChunkFrame = 12;

    private const int RgbaChannels = 4;

    /// <summary>
    /// Decodes the first frame: grey if the file is, 16 bits if it has more than 8, palettes expanded.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="format"><c>png</c>, <c>webp</c>, <c>gif</c>, <c>tiff</c> or <c>bmp</c>.</param>
    /// <param name="maximumPixels">The most pixels (width × height) to accept.</param>
    /// <exception cref="ImageCodecException">The file is too large or of an unsupported kind.</exception>
    /// <exception cref="Exception">The file is damaged: whatever the decoder's reading led to.</exception>
    public static RawImage Decode(byte[] file, string format, long maximumPixels)
    {
        var configuration = new Configuration { MemoryAllocator = AllocatorFor(maximumPixels) };
        var info = Identify(file, format, configuration);
        RawImage.CheckSize(info.Width, info.Height, maximumPixels);
        var png = info.Metadata.GetPngMetadata();
        var isGrey = png.ColorType is PngColorType.Grayscale or PngColorType.GrayscaleWithAlpha;
        return (format, isGrey, isDeep: png.BitDepth == PngBitDepth.Bit16) switch
        {
            ("tiff", _, _) => DecodeTiff(file, configuration),
            ("bmp", _, _) when !HasAlphaMask(file) => Decode<Rgb24>(file, format, configuration, 3, 8),
            ("png", true, false) => Decode<La16>(file, format, configuration, 2, 8),
            ("png", true, true) => Decode<La32>(file, format, configuration, 2, 16),
            ("png", false, true) => Decode<Rgba64>(file, format, configuration, RgbaChannels, 16),
            _ => Decode<Rgba32>(file, format, configuration, RgbaChannels, 8),
        };
    }

    /// <summary>
    /// Allocates what the largest image takes in 16 bits, with some room for tables, and keeps nothing.
    /// </summary>
    private static MemoryAllocator AllocatorFor(long maximumPixels) => MemoryAllocator.Create(new MemoryAllocatorOptions
    {
        AllocationLimitMegabytes = (int)Math.Min((maximumPixels >> 17) + 16, int.MaxValue),
        MaximumPoolSizeMegabytes = 0,
    });

    private static IImageInfo Identify(byte[] file, string format, Configuration configuration)
    {
        var detector = (IImageInfoDetector)DecoderOf(format, ignoresMetadata: true);
        try
        {
            return detector.Identify(configuration, new MemoryStream(file), default);
        }
        catch (InvalidOperationException failure) when (format == "tiff")
        {
            throw new ImageCodecException(ImageFault.Damaged, "It lacks a directory or the bits of a sample.", failure);
        }
    }

    private static RawImage Decode<TPixel>(
        byte[] file, string format, Configuration configuration, int channels, int bits)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = Load<TPixel>(file, format, configuration);
        image.Mutate(context => context.AutoOrient());
        var samples = new byte[image.Width * image.Height * channels * (bits / 8)];
        image.CopyPixelDataTo(samples);
        return new RawImage(image.Width, image.Height, channels, bits, samples, ImageText.Read(image.Metadata));
    }

    /// <summary>Loads a file, without the compressed text of a PNG if that is damaged or too much.</summary>
    private static Image<TPixel> Load<TPixel>(byte[] file, string format, Configuration configuration)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var plain = format == "png" ? WithoutCompressedText(file) : file;
        if (file.Length - plain.Length > MaxCompressedText)
            return Load(plain);
        try
        {
            return Load(file);
        }
        catch (Exception) when (plain.Length < file.Length)
        {
            return Load(plain);
        }

        Image<TPixel> Load(byte[] bytes) =>
            DecoderOf(format, ignoresMetadata: false).Decode<TPixel>(configuration, new MemoryStream(bytes), default);
    }

    /// <summary>
    /// TIFF shows only with its decoded frame how many bits and colours it has. A palette's 16 bits hold the level in
    /// the upper 8, as do 8-bit samples that were brought to 16. JPEG inside TIFF is ImageSharp's, not libjpeg's.
    /// </summary>
    private static RawImage DecodeTiff(byte[] file, Configuration configuration)
    {
        using var image = Load<Rgba64>(file, "tiff", configuration);
        var frame = image.Frames.RootFrame.Metadata;
        image.Metadata.ExifProfile = frame.ExifProfile;
        if (frame.ExifProfile?.GetValue(ExifTag.SampleFormat)?.Value is [(ushort)TiffSampleFormat.Float, ..])
            throw new ImageCodecException(ImageFault.Unsupported, "TIFF of floating-point samples is not supported.");
        image.Mutate(context => context.AutoOrient());
        var rgba = new Rgba64[image.Width * image.Height];
        image.CopyPixelDataTo(rgba);

        var tiff = frame.GetTiffMetadata();
        var isGrey = tiff.PhotometricInterpretation
            is TiffPhotometricInterpretation.BlackIsZero or TiffPhotometricInterpretation.WhiteIsZero;
        var samples = isGrey
            ? Array.ConvertAll(rgba, pixel => pixel.R)
            : MemoryMarshal.Cast<Rgba64, ushort>(rgba).ToArray();
        if (IsInvertedFax(tiff))
            samples = Array.ConvertAll(samples, value => (ushort)~value);
        var isDeep = tiff.BitsPerSample is { Channel0: > 8 };
        var bytes = isDeep
            ? MemoryMarshal.AsBytes<ushort>(samples).ToArray()
            : Array.ConvertAll(samples, value => (byte)(value >> 8));
        return new RawImage(
            image.Width, image.Height, isGrey ? 1 : RgbaChannels, isDeep ? 16 : 8, bytes, ImageText.None);
    }

    /// <summary>
    /// Fax codes have a white and a black of their own, which ImageSharp keeps even if black is zero.
    /// </summary>
    private static bool IsInvertedFax(TiffFrameMetadata tiff) =>
        tiff.PhotometricInterpretation == TiffPhotometricInterpretation.BlackIsZero
        && tiff.Compression
            is TiffCompression.Ccitt1D or TiffCompression.CcittGroup3Fax or TiffCompression.CcittGroup4Fax;

    private static IImageDecoder DecoderOf(string format, bool ignoresMetadata) => format switch
    {
        "png" => new PngDecoder { IgnoreMetadata = ignoresMetadata },
        "webp" => new WebpDecoder { IgnoreMetadata = ignoresMetadata },
        "gif" => new GifDecoder { IgnoreMetadata = ignoresMetadata, DecodingMode = FrameDecodingMode.First },
        "tiff" => new TiffDecoder { IgnoreMetadata = ignoresMetadata, DecodingMode = FrameDecodingMode.First },
        _ => new BmpDecoder(),
    };

    /// <summary>Only a bitmap with masks can say that it has alpha; the fourth byte of others is undefined.</summary>
    private static bool HasAlphaMask(ReadOnlySpan<byte> file) =>
        BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) >= 40 && file.Length > 34
        && BinaryPrimitives.ReadUInt32LittleEndian(file[30..]) is 3 or 6;

    /// <summary>A PNG without its chunks of compressed text; the given array itself if it has none.</summary>
    private static byte[] WithoutCompressedText(byte[] file)
    {
        const int SignatureLength = 8;
        using var kept = new MemoryStream(file.Length);
        kept.Write(file, 0, SignatureLength);
        for (var rest = file.AsSpan(SignatureLength); rest.Length > 0;)
        {
            var length = rest.Length < ChunkFrame
                ? rest.Length
                : (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(rest) + (long)ChunkFrame, rest.Length);
            if (!IsCompressedText(rest[..length]))
                kept.Write(rest[..length]);
            rest = rest[length..];
        }
        return kept.Length == file.Length ? file : kept.ToArray();
    }

    /// <summary>zTXt always is compressed, iTXt if the byte behind its key says so.</summary>
    private static bool IsCompressedText(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < ChunkFrame)
            return false;
        var type = chunk[4..8];
        var data = chunk[8..^4];
        var flag = data.IndexOf((byte)0) + 1;
        return type.SequenceEqual("zTXt"u8)
            || (type.SequenceEqual("iTXt"u8) && flag < data.Length && data[flag] != 0);
    }
}
