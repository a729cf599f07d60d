using System.Buffers.Binary;

namespace CnnViz.Imaging;

/// <summary>The header of a JPEG's first frame.</summary>
/// <param name="Width">Width in pixels, 1 to 65,535.</param>
/// <param name="Height">Height in pixels, 1 to 65,535.</param>
/// <param name="ComponentCount">1 grey, 3 colour, 4 CMYK.</param>
internal readonly record struct JpegHeader(int Width, int Height, int ComponentCount);

/// <summary>
/// Reads and writes the segments in front of a JPEG's first scan: the frame header and the comments. No decoder is
/// involved, so that the size is known before a native library sees the file.
/// </summary>
internal static class JpegFile
{
    private const int MaxSegmentLength = 65_533;
    private const byte Fill = 0xff, StartOfScan = 0xda, End = 0xd9, Comment = 0xfe;

    /// <summary>A segment: FF, the marker, two bytes of length, the data.</summary>
    /// <param name="Marker">The byte behind FF.</param>
    /// <param name="Data">The data, without marker and length.</param>
    /// <param name="EndPosition">The position behind the segment in the file.</param>
    private readonly record struct Segment(byte Marker, ReadOnlyMemory<byte> Data, int EndPosition);

    /// <summary>
    /// Whether an end marker follows the start of the first scan. A preview inside a segment does not count, nor does
    /// anything behind the end, such as the short film that phones append.
    /// </summary>
    /// <param name="file">The whole file.</param>
    public static bool IsWhole(byte[] file) =>
        Segments(file).LastOrDefault() is { Marker: StartOfScan } scan
        && file.AsSpan(scan.EndPosition).IndexOf([Fill, End]) >= 0;

    /// <summary>Reads the frame header.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.Damaged"/>: there is none;
    /// <see cref="ImageFault.Unsupported"/>: the frame is neither baseline nor progressive, or not of 8
    /// bits.</exception>
    public static JpegHeader ReadHeader(byte[] file)
    {
        var frame = Segments(file).FirstOrDefault(segment => IsFrameHeader(segment.Marker));
        var data = frame.Data.Span;
        if (data.Length < 6)
            throw new ImageCodecException(ImageFault.Damaged, "It has no frame header.");
        if (frame.Marker is not (0xc0 or 0xc1 or 0xc2))
            throw new ImageCodecException(ImageFault.Unsupported, $"JPEG {CodingOf(frame.Marker)} is not supported.");
        if (data[0] != 8)
            throw new ImageCodecException(ImageFault.Unsupported, $"JPEG with {data[0]} bits is not supported.");
        var header = new JpegHeader(
            BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]), data[5]);
        return header is { Width: > 0, Height: > 0, ComponentCount: 1 or 3 or 4 }
            ? header
            : throw new ImageCodecException(ImageFault.Damaged, $"Its frame header does not make sense: {header}.");
    }

    /// <summary>The comments in the order of the file.</summary>
    /// <param name="file">The whole file.</param>
    public static IEnumerable<byte[]> ReadComments(byte[] file) =>
        Segments(file).Where(segment => segment.Marker == Comment).Select(segment => segment.Data.ToArray());

    /// <summary>The file with comments behind its application data.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="comments">The comments, each of at most 65,533 bytes.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.EncodeFailed"/>: a comment is too
    /// long.</exception>
    public static byte[] InsertComments(byte[] file, IEnumerable<byte[]> comments)
    {
        var position = Segments(file).TakeWhile(segment => segment.Marker is >= 0xe0 and <= 0xef)
            .Select(segment => segment.EndPosition).LastOrDefault(2);
        return [.. file.AsSpan(0, position), .. comments.SelectMany(CommentSegment), .. file.AsSpan(position)];
    }

    private static byte[] CommentSegment(byte[] comment)
    {
        if (comment.Length > MaxSegmentLength)
        {
            throw new ImageCodecException(ImageFault.EncodeFailed,
                $"Its text takes {comment.Length:N0} bytes; JPEG holds at most {MaxSegmentLength:N0}. Write a PNG.");
        }
        var length = comment.Length + 2;
        return [Fill, Comment, (byte)(length >> 8), (byte)length, .. comment];
    }

    /// <summary>
    /// The segments up to and including the first start of scan; fewer if the file breaks off before.
    /// </summary>
    private static IEnumerable<Segment> Segments(byte[] file)
    {
        var position = 2;
        while (position + 4 <= file.Length && file[position] == Fill)
        {
            var marker = file[position + 1];
            if (marker == Fill)
            {
                position++;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(position + 2));
            var end = position + 2 + length;
            if (length < 2 || end > file.Length)
                yield break;
            yield return new Segment(marker, file.AsMemory(position + 4, length - 2), end);
            if (marker == StartOfScan)
                yield break;
            position = end;
        }
    }

    /// <summary>C0 to CF, without the three of them that are tables (C4, CC) or reserved (C8).</summary>
    private static bool IsFrameHeader(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    private static string CodingOf(byte marker) => marker switch
    {
        0xc3 or 0xc7 or 0xcb or 0xcf => "without loss",
        > 0xc8 => "with arithmetic coding",
        _ => "in a hierarchy",
    };
}
