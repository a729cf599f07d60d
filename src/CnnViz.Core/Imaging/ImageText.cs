using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using System.Xml;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using FileMetadata = SixLabors.ImageSharp.Metadata.ImageMetadata;

namespace CnnViz.Imaging;

/// <summary>
/// Text metadata by key: PNG keeps it in text chunks, JPEG in comment segments, GIF in a comment extension and WebP
/// in
/// an XMP chunk. If a format has no keys, the text is a JSON object.
/// </summary>
internal static class ImageText
{
    private const string ForeignComment = "Comment";
    private const string XmpElement = "Text";
    private const string XmpNamespace = "urn:cnnviz:1.0";

    /// <summary>No text.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// The texts of a decoded PNG, GIF or WebP; a comment of another program has the key <c>Comment</c>.
    /// </summary>
    /// <param name="metadata">The metadata of the image.</param>
    public static IReadOnlyDictionary<string, string> Read(FileMetadata metadata)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in metadata.GetPngMetadata().TextData)
            texts[text.Keyword] = text.Value;
        foreach (var comment in metadata.GetGifMetadata().Comments)
            AddComment(Encoding.UTF8.GetBytes(comment), texts);
        if (metadata.XmpProfile is { } xmp)
            AddXmp(xmp.ToByteArray(), texts);
        return texts;
    }

    /// <summary>The texts of a JPEG; a comment of another program has the key <c>Comment</c>.</summary>
    /// <param name="file">The whole file.</param>
    public static IReadOnlyDictionary<string, string> ReadJpeg(byte[] file)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var comment in JpegFile.ReadComments(file))
            AddComment(comment, texts);
        return texts;
    }

    /// <summary>Gives an image the texts that are to be written as PNG, GIF or WebP.</summary>
    /// <param name="metadata">The metadata of the image.</param>
    /// <param name="format">The file format.</param>
    /// <param name="texts">The texts by key.</param>
    public static void Attach(FileMetadata metadata, ImageFormat format, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count == 0)
            return;
        switch (format)
        {
            case ImageFormat.Png:
                foreach (var (key, text) in texts)
                    metadata.GetPngMetadata().TextData.Add(new PngTextData(key, text, string.Empty, string.Empty));
                break;
            case ImageFormat.Gif:
                metadata.GetGifMetadata().Comments.Add(ToJson(texts));
                break;
            case ImageFormat.WebP:
                metadata.XmpProfile = new XmpProfile(Encoding.ASCII.GetBytes(ToXmp(texts)));
                break;
        }
    }

    /// <summary>The JPEG with a comment for each text.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="texts">The texts by key.</param>
    /// <exception cref="ImageCodecException"><see cref="ImageFault.EncodeFailed"/>: a text is too long.</exception>
    public static byte[] InsertIntoJpeg(byte[] file, IReadOnlyDictionary<string, string> texts) =>
        JpegFile.InsertComments(file, texts.Select(text => Encoding.ASCII.GetBytes(ToJson([text]))));

    private static string ToXmp(IReadOnlyDictionary<string, string> texts) =>
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        + $"<rdf:Description rdf:about=\"\" xmlns:cnnviz=\"{XmpNamespace}\">"
        + $"<cnnviz:{XmpElement}>{ToJson(texts)}</cnnviz:{XmpElement}>"
        + "</rdf:Description></rdf:RDF></x:xmpmeta>";

    /// <summary>
    /// ASCII without angle brackets and ampersands, so that every format holds it as it is, XML too.
    /// </summary>
    private static string ToJson(IEnumerable<KeyValuePair<string, string>> texts) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(texts));

    private static void AddXmp(byte[] packet, SortedDictionary<string, string> texts)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(packet));
            if (reader.ReadToFollowing(XmpElement, XmpNamespace))
                AddComment(Encoding.UTF8.GetBytes(reader.ReadElementContentAsString()), texts);
        }
        catch (XmlException)
        {
            // Metadata of another program may be damaged; the image is not.
        }
    }

    private static void AddComment(byte[] comment, SortedDictionary<string, string> texts)
    {
        try
        {
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string?>>(comment) ?? [])
                texts[key] = text ?? string.Empty;
        }
        catch (JsonException)
        {
            texts[ForeignComment] = Encoding.UTF8.GetString(comment);
        }
    }
}
