using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace CnnViz.Imaging;

/// <summary>
/// Text metadata by key, read and written in the files themselves so that both codecs agree: PNG keeps it in iTXt chunks, JPEG in
/// comment segments, GIF in a comment extension and WebP in an XMP chunk. Where a format has no keys, the text is a JSON object.
/// </summary>
internal static class ImageText
{
    private const int LongestJpegSegment = 65_533;
    private const int LongestInflatedText = 1 << 20;
    private const string ForeignComment = "Comment";
    private const string XmpElement = "Text";
    private const string XmpNamespace = "urn:cnnviz:1.0";

    /// <summary>The texts of a file by key; a comment that is none of ours has the key <c>Comment</c>. Damaged metadata is left out.</summary>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> file, string format)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        switch (format)
        {
            case "png":
                ReadPng(file, texts);
                break;
            case "jpeg":
                ReadJpeg(file, texts);
                break;
            case "gif":
                ReadGif(file, texts);
                break;
            case "webp":
                ReadWebP(file, texts);
                break;
        }
        return texts;
    }

    /// <summary>The file with the texts written into it.</summary>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.EncodeFailed"/>: a text is too long for the format.</exception>
    public static byte[] Insert(byte[] file, ImageFormat format, IReadOnlyDictionary<string, string> texts) =>
        texts.Count == 0 ? file : format switch
        {
            ImageFormat.Png => Splice(file, PngHeaderEnd, [.. texts.SelectMany(text => PngChunk(text.Key, text.Value))]),
            ImageFormat.Jpeg => Splice(file, JpegApplicationDataEnd(file), [.. texts.SelectMany(text => JpegSegment(text.Key, text.Value))]),
            ImageFormat.Gif => Splice([.. "GIF89a"u8, .. file.AsSpan(6)], GifHeaderEnd(file), GifComment(ToJson(texts))),
            _ => AppendWebP(file, texts),
        };

    private static byte[] Splice(byte[] file, int position, ReadOnlySpan<byte> inserted) =>
        [.. file.AsSpan(0, position), .. inserted, .. file.AsSpan(position)];

    // PNG: chunks of length, type, data and checksum behind an 8-byte signature; the first is the 25 bytes of IHDR.

    private const int PngHeaderEnd = 33;

    private static void ReadPng(ReadOnlySpan<byte> file, SortedDictionary<string, string> texts)
    {
        for (var rest = file[8..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
                return;
            var data = rest.Slice(8, (int)length);
            var type = rest.Slice(4, 4);
            var keyEnd = data.IndexOf((byte)0);
            if (keyEnd > 0 && PngTextOf(type, data[(keyEnd + 1)..]) is { } text)
                texts[Encoding.Latin1.GetString(data[..keyEnd])] = text;
            rest = rest[(12 + (int)length)..];
        }
    }

    private static string? PngTextOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("tEXt"u8))
            return Encoding.Latin1.GetString(data);
        if (type.SequenceEqual("zTXt"u8) && data.Length > 1)
            return Inflate(data[1..]) is { } inflated ? Encoding.Latin1.GetString(inflated) : null;
        if (!type.SequenceEqual("iTXt"u8) || data.Length < 4)
            return null;
        var isCompressed = data[0] == 1;
        data = data[2..];
        for (var skipped = 0; skipped < 2; skipped++) // the language, then the translated key
        {
            var end = data.IndexOf((byte)0);
            if (end < 0)
                return null;
            data = data[(end + 1)..];
        }
        if (!isCompressed)
            return Encoding.UTF8.GetString(data);
        return Inflate(data) is { } text ? Encoding.UTF8.GetString(text) : null;
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> data)
    {
        try
        {
            using var inflater = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            var text = new byte[LongestInflatedText];
            var length = inflater.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            return text[..length];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] PngChunk(string key, string text)
    {
        byte[] typeAndData = [.. "iTXt"u8, .. Encoding.Latin1.GetBytes(key), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)];
        return [.. BigEndian((uint)typeAndData.Length - 4), .. typeAndData, .. BigEndian(Crc32(typeAndData))];
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
        }
        return ~crc;
    }

    // JPEG: segments FF, marker, length, data up to the start of the scan (DA); APPn is E0 to EF, a comment FE.

    private static void ReadJpeg(ReadOnlySpan<byte> file, SortedDictionary<string, string> texts)
    {
        for (var rest = file[2..]; rest.Length >= 4 && rest[0] == 0xff && rest[1] != 0xda;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length + 2 > rest.Length)
                return;
            if (rest[1] == 0xfe)
                AddComment(rest[4..(length + 2)], texts);
            rest = rest[(length + 2)..];
        }
    }

    private static int JpegApplicationDataEnd(ReadOnlySpan<byte> file)
    {
        var position = 2;
        while (file[position] == 0xff && file[position + 1] is >= 0xe0 and <= 0xef)
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
        return position;
    }

    private static byte[] JpegSegment(string key, string text)
    {
        var json = ToJson(new Dictionary<string, string> { [key] = text });
        if (json.Length > LongestJpegSegment)
        {
            throw new ImageCodecException(ImageFault.EncodeFailed,
                $"The text '{key}' takes {json.Length:N0} bytes; JPEG holds at most {LongestJpegSegment:N0}. Write a PNG.");
        }
        return [0xff, 0xfe, (byte)((json.Length + 2) >> 8), (byte)(json.Length + 2), .. json];
    }

    // GIF: a header of 13 bytes and its colour table, then extensions (21), images (2C) and the trailer (3B), in sub-blocks of at most 255 bytes.

    private static void ReadGif(ReadOnlySpan<byte> file, SortedDictionary<string, string> texts)
    {
        if (file.Length < 13)
            return;
        var position = GifHeaderEnd(file);
        while (position + 2 < file.Length && file[position] is 0x21 or 0x2c)
        {
            var isComment = file[position] == 0x21 && file[position + 1] == 0xfe;
            if (file[position] == 0x21)
                position += 2;
            else if (position + 9 < file.Length)
                position += 11 + ColorTableLength(file[position + 9]);
            else
                return;
            var comment = new List<byte>();
            while (position < file.Length && file[position] is var length and > 0)
            {
                if (position + 1 + length > file.Length)
                    return;
                if (isComment)
                    comment.AddRange(file.Slice(position + 1, length));
                position += 1 + length;
            }
            position++;
            if (isComment)
                AddComment(comment.ToArray(), texts);
        }
    }

    private static int GifHeaderEnd(ReadOnlySpan<byte> file) => 13 + ColorTableLength(file[10]);

    private static int ColorTableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static byte[] GifComment(byte[] text) =>
        [0x21, 0xfe, .. text.Chunk(255).SelectMany(block => block.Prepend((byte)block.Length)), 0];

    // WebP: RIFF chunks of name, length and data, padded to an even length; metadata needs the extended header VP8X in front.

    private const byte WebPHasXmp = 0x04;
    private const byte WebPHasAlpha = 0x10;

    private static void ReadWebP(ReadOnlySpan<byte> file, SortedDictionary<string, string> texts)
    {
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8)
                return;
            if (rest.StartsWith("XMP "u8))
                AddXmp(rest.Slice(8, (int)length), texts);
            rest = rest[Math.Min(8 + (int)length + ((int)length & 1), rest.Length)..];
        }
    }

    private static void AddXmp(ReadOnlySpan<byte> packet, SortedDictionary<string, string> texts)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(packet.ToArray()));
            if (reader.ReadToFollowing(XmpElement, XmpNamespace))
                AddComment(Encoding.UTF8.GetBytes(reader.ReadElementContentAsString()), texts);
        }
        catch (XmlException)
        {
            // Another program's metadata is not ours to judge.
        }
    }

    private static byte[] AppendWebP(ReadOnlySpan<byte> file, IReadOnlyDictionary<string, string> texts)
    {
        var xmp = Encoding.ASCII.GetBytes(
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
            + $"<rdf:Description rdf:about=\"\" xmlns:cnnviz=\"{XmpNamespace}\"><cnnviz:{XmpElement}>{Encoding.ASCII.GetString(ToJson(texts))}</cnnviz:{XmpElement}>"
            + "</rdf:Description></rdf:RDF></x:xmpmeta>");
        byte[] header = file[12..].StartsWith("VP8X"u8) ? file.Slice(12, 18).ToArray() : ExtendedHeader(file[12..]);
        header[8] |= WebPHasXmp;
        var body = file[12..].StartsWith("VP8X"u8) ? file[30..] : file[12..];
        byte[] chunk = [.. "XMP "u8, .. LittleEndian((uint)xmp.Length), .. xmp, .. new byte[xmp.Length & 1]];
        var length = 4 + header.Length + body.Length + chunk.Length;
        return [.. "RIFF"u8, .. LittleEndian((uint)length), .. "WEBP"u8, .. header, .. body, .. chunk];
    }

    /// <summary>The extended header for a file that has none; its size stands in the bitstream, lossy (VP8) or lossless (VP8L).</summary>
    private static byte[] ExtendedHeader(ReadOnlySpan<byte> chunk)
    {
        var data = chunk[8..];
        var isLossless = chunk.StartsWith("VP8L"u8);
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[(isLossless ? 1 : 6)..]);
        var width = isLossless ? bits & 0x3fff : (bits & 0x3fff) - 1;
        var height = isLossless ? (bits >> 14) & 0x3fff : ((bits >> 16) & 0x3fff) - 1;
        var alpha = isLossless && (bits >> 28 & 1) == 1 ? WebPHasAlpha : (byte)0;
        return [.. "VP8X"u8, .. LittleEndian(10), alpha, 0, 0, 0, .. LittleEndian(width)[..3], .. LittleEndian(height)[..3]];
    }

    private static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>ASCII throughout and without angle brackets or ampersands, so that it stands in every format, XML too, as it is.</summary>
    private static byte[] ToJson(IReadOnlyDictionary<string, string> texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (key, text) in texts)
                writer.WriteString(key, text);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void AddComment(ReadOnlySpan<byte> comment, SortedDictionary<string, string> texts)
    {
        try
        {
            using var json = JsonDocument.Parse(comment.ToArray());
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.String))
            {
                foreach (var property in json.RootElement.EnumerateObject())
                    texts[property.Name] = property.Value.GetString()!;
                return;
            }
        }
        catch (JsonException)
        {
            // Anybody's comment: kept as it is, below.
        }
        texts[ForeignComment] = Encoding.UTF8.GetString(comment);
    }
}
