using System.Buffers.Binary;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

/// <summary>
/// Damaged, hostile and unsupported files: an image or an error with a stable id, whatever the bytes are.
/// </summary>
public class ImageDamageTests
{
    private const int MutationCount = 300;
    private static readonly ImageReadOptions Limited = new() { MaximumPixels = 100_000 };

    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(PathOf("."), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".png" or ".jpg" or ".webp" or ".gif" or ".tiff" or ".bmp")
            .Where(path => !File.Exists(path[..^4]))
            .Select(path => Path.GetRelativePath(PathOf("."), path)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void AnyMutationGivesAnImageOrAnError(string name)
    {
        var file = File.ReadAllBytes(PathOf(name));
        var random = new Random(file.Length);
        for (var round = 0; round < MutationCount; round++)
        {
            var mutated = Mutate(file, random);
            try
            {
                var image = ImageSource.FromBytes(mutated, name).Read(Limited);
                Assert.InRange(image.Height * image.Width, 1, Limited.MaximumPixels);
            }
            catch (CnnVizException error)
            {
                Assert.Contains(error.ErrorId, new[] { "ImageUnreadable", "ImageTruncated", "ImageTooLarge" });
            }
        }
    }

    [Theory]
    [InlineData("pixels/420-92.jpg")]
    [InlineData("pixels/grey-progressive.jpg")]
    [InlineData("pixels/cmyk.jpg")]
    [InlineData("pixels/preview.jpg")]
    public void AJpegThatBreaksOffIsAnError(string name)
    {
        var file = File.ReadAllBytes(PathOf(name));
        for (var length = 3; length < file.Length; length++)
            Fails("ImageTruncated", () => ImageSource.FromBytes(file[..length], name).Read());
    }

    [Theory]
    [InlineData("pixels/420-92.jpg")]
    [InlineData("pixels/grey.jpg")]
    public void AJpegOfManyPixelsIsRefusedFromItsHeader(string name)
    {
        var file = File.ReadAllBytes(PathOf(name));
        var frame = file.AsSpan().LastIndexOf((byte[])[0xff, 0xc0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 65_500);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 65_500);
        var error = Fails("ImageTooLarge", () => ImageSource.FromBytes(file, name).Read());
        Assert.Contains("65,500 × 65,500", error.Message, StringComparison.Ordinal);
        // With no limit of the caller's, the largest array is one.
        var unlimited = new ImageReadOptions { MaximumPixels = long.MaxValue };
        Fails("ImageTooLarge", () => ImageSource.FromBytes(file, name).Read(unlimited));
    }

    [Theory]
    [InlineData(0xc9, "arithmetic coding")]
    [InlineData(0xc3, "without loss")]
    [InlineData(0xc5, "hierarchy")]
    public void AnUnsupportedJpegSaysSo(byte marker, string named)
    {
        var file = File.ReadAllBytes(PathOf("rgb.jpg"));
        file[file.AsSpan().LastIndexOf((byte[])[0xff, 0xc0]) + 1] = marker;
        var error = Fails("ImageUnreadable", () => ImageSource.FromBytes(file, "a.jpg").Read());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGifFrameIsCutToItsScreen()
    {
        var file = File.ReadAllBytes(PathOf("animation.gif"));
        var descriptor = file.AsSpan().IndexOf((byte[])[0x2c, 0, 0, 0, 0]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(descriptor + 5), uint.MaxValue);
        Assert.Equal([3, 8, 12], ImageSource.FromBytes(file, "a.gif").Read(Limited).Shape);
    }

    [Fact]
    public void ATiffStripThatClaimsTooMuchIsRefused()
    {
        var file = File.ReadAllBytes(PathOf("rgb16-le.tiff"));
        byte[] rowsPerStrip = [0x16, 0x01, 4, 0, 1, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.AsSpan().IndexOf(rowsPerStrip) + 8), 20_000_000);
        Fails("ImageTruncated", () => ImageSource.FromBytes(file, "a.tiff").Read(Limited));
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        var headEnd = Math.Min(bytes.Length, 300);
        switch (random.Next(5))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                var start = random.Next(bytes.Length);
                return [.. bytes[..start], .. bytes[random.Next(start, bytes.Length)..]];
            case 2:
                var value = (byte)(random.Next(2) * 255);
                bytes.AsSpan(random.Next(headEnd - 4), random.Next(1, 5)).Fill(value);
                return bytes;
            default:
                var end = random.Next(2) == 0 ? headEnd : bytes.Length;
                for (var count = random.Next(1, 4); count > 0; count--)
                    bytes[random.Next(end)] = (byte)random.Next(256);
                return bytes;
        }
    }
}
