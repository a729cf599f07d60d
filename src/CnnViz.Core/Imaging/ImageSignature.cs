using System.Buffers.Binary;
using System.Text;

namespace CnnViz.Imaging;

/// <summary>Tells from its bytes what format an image file has and whether it is whole.</summary>
internal static class ImageSignature
{
    /// <summary>
    /// The format's name: <c>png</c>, <c>jpeg</c>, <c>webp</c>, <c>gif</c>, <c>tiff</c> or <c>bmp</c>.
    /// </summary>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.NotAnImage"/>: the bytes are none of
    /// these.</exception>
    public static string Recognise(ReadOnlySpan<byte> file) =>
        FormatOf(file) ?? throw new ImageCodecException(
            ImageFault.NotAnImage, file.IsEmpty ? "It is empty." : $"It begins with {Beginning(file)}.");

    /// <summary>Throws if the end of a file is missing, as far as the format marks its end.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="format">What <see cref="Recognise"/> gave.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.Damaged"/>.</exception>
    internal static void CheckWhole(byte[] file, string format)
    {
        if (!IsWhole(file, format))
        {
            throw new ImageCodecException(
                ImageFault.Damaged, $"The end of the {format.ToUpperInvariant()} is missing.");
        }
    }

    /// <summary>Whether a WebP is an animation, as its extended header says.</summary>
    internal static bool IsAnimatedWebP(ReadOnlySpan<byte> file) =>
        file.Length > 20 && file[12..].StartsWith("VP8X"u8) && (file[20] & 0x02) != 0;

    private static string? FormatOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? "png"
        : file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "jpeg"
        : file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8) ? "webp"
        : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? "gif"
        : IsTiff(file) ? "tiff"
        : IsBitmap(file) ? "bmp"
        : null;

    /// <summary>
    /// The byte order (II or MM) and 42. ImageSharp does not bound what it reads of BigTIFF, which has 43.
    /// </summary>
    private static bool IsTiff(ReadOnlySpan<byte> file) => file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8);

    /// <summary>
    /// Two letters are a weak signature: the reserved words and the length of the header must fit too.
    /// </summary>
    private static bool IsBitmap(ReadOnlySpan<byte> file) =>
        file.StartsWith("BM"u8) && file.Length > 18
        && BinaryPrimitives.ReadUInt32LittleEndian(file[6..]) == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(file[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;

    private static bool IsWhole(byte[] file, string format) => format switch
    {
        "png" => file.AsSpan().LastIndexOf("IEND"u8) >= 0,
        "jpeg" => JpegFile.IsWhole(file),
        "gif" => file.AsSpan().TrimEnd((byte)0) is [.., 0x3b],
        // ImageSharp 2.1 takes all that lies in front of the pixels for a palette, and makes room for it (ImageSharp#3074).
        "bmp" => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(2)) <= file.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(10)) <= file.Length,
        "webp" => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) + 8L <= file.Length,
        _ => true,
    };

    private static string Beginning(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, 40)];
        foreach (var value in start)
        {
            if (value is (< 0x20 or > 0x7e) and not ((byte)'\r' or (byte)'\n' or (byte)'\t'))
                return $"the bytes {Convert.ToHexString(start[..Math.Min(start.Length, 8)])}";
        }
        return $"the text '{Encoding.ASCII.GetString(start).ReplaceLineEndings(" ").Trim()}'";
    }
}
