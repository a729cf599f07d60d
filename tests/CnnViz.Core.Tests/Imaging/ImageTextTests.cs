using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class ImageTextTests
{
    private const string Key = "CnnViz.Test";
    private static readonly Dictionary<string, string> Own = new() { [Key] = "kept" };

    public static TheoryData<ImageFormat, string> Texts
    {
        get
        {
            string[] texts =
                ["", "plain", "café", "Zażółć 漢字 🎨", "<&\"'>\r\n\t\u0001", "{\"a\":[1]}", new string('x', 255)];
            var data = new TheoryData<ImageFormat, string>();
            foreach (var format in Enum.GetValues<ImageFormat>())
            {
                foreach (var text in texts)
                    data.Add(format, text);
                if (format != ImageFormat.Jpeg)
                    data.Add(format, string.Concat(Enumerable.Repeat("long ż ", 20_000)));
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void TextComesBack(ImageFormat format, string text)
    {
        var texts = new Dictionary<string, string> { [Key] = text, ["Another key"] = "another text" };
        var file = ImageCodec.Encode([new RawImage(3, 2, 1, 8, new byte[6], texts)], format, 90, [0]);
        Assert.Equal(texts, ImageCodec.Decode(file, 100).Text);
    }

    [Theory]
    [InlineData("recipe.png")]
    [InlineData("recipe.jpg")]
    [InlineData("recipe.gif")]
    [InlineData("recipe.webp")]
    public void EarlierFilesAreRead(string name)
    {
        var image = Read(name);
        Assert.True(image.IsNetworkInput);
        Assert.Equal(("Invoke-DeepDream", 42), (image.Recipe!.Operation, image.Recipe.Seed));
        Assert.Equal("Zażółć <gęślą> & \"jaźń\" \u0007", image.Recipe.Parameters["Label"]);
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void ACommentOfAnotherProgramKeepsItsText(string comment)
    {
        var file = ImageExport.Encode(Made(1, 2, 2), ImageFormat.Jpeg);
        var commented = JpegFile.InsertComments(file, [Encoding.UTF8.GetBytes(comment)]);
        Assert.Equal(comment, ImageCodec.Decode(commented, 100).Text["Comment"]);
    }

    [Fact]
    public void DamagedTextOfAPngIsLeftOut()
    {
        var file = WithText("zTXt", [.. "key"u8, 0, 0, 0x78, 0x9c, .. "no deflate stream"u8]);
        var image = ImageCodec.Decode(file, 100);
        Assert.Equal(Own, image.Text);
        Assert.Equal(2, image.Width);
    }

    [Theory]
    [InlineData("zTXt", "key\0\0")]
    [InlineData("iTXt", "key\0\u0001\0\0\0")]
    public void ATextBombInAPngIsNotInflated(string type, string start)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var megabyte = 0; megabyte < 100; megabyte++)
                deflate.Write(new byte[1 << 20]);
        }
        var file = WithText(type, [.. Encoding.Latin1.GetBytes(start), .. compressed.ToArray()]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Own, ImageCodec.Decode(file, 100).Text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    /// <summary>
    /// A PNG of 2 × 2 pixels with a chunk behind its header; the checksum of text is not looked at.
    /// </summary>
    private static byte[] WithText(string type, byte[] data)
    {
        const int HeaderEnd = 33;
        var png = ImageCodec.Encode([new RawImage(2, 2, 1, 8, new byte[4], Own)], ImageFormat.Png, 90, [0]);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        byte[] chunk = [.. length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        return [.. png[..HeaderEnd], .. chunk, .. png[HeaderEnd..]];
    }
}
