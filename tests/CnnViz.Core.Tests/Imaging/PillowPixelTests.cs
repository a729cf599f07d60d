using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

/// <summary>
/// Decoded pixels against those of Pillow, which tests/data/images/make.py keeps beside each file as a PNG.
/// </summary>
public class PillowPixelTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(PathOf("pixels")).Where(path => File.Exists(path + ".png"))
            .Select(path => Path.GetFileName(path)!),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void PixelsAreThoseOfPillow(string name)
    {
        var expected = Read($"pixels/{name}.png");
        var image = Read($"pixels/{name}");
        Assert.Equal((expected.Height, expected.Width), (image.Height, image.Width));
        Assert.Equal(ImageConversion.ToRgb(expected).Data, ImageConversion.ToRgb(image).Data);
    }

    [Theory]
    [InlineData("grey.jpg")]
    [InlineData("grey-progressive.jpg")]
    [InlineData("grey-orientation5.jpg")]
    [InlineData("fax4.tiff")]
    public void GreyStaysOneChannel(string name) => Assert.Equal(1, Read($"pixels/{name}").ChannelCount);

    [Theory]
    [InlineData("grey16-le.tiff", "grey16.png")]
    [InlineData("grey16-be.tiff", "grey16.png")]
    [InlineData("rgb16-le.tiff", "rgb16.png")]
    [InlineData("rgb16-be.tiff", "rgb16.png")]
    public void SixteenBitTiffsKeepTheirBits(string name, string expected)
    {
        var image = Read(name);
        Assert.Equal(Read(expected).Shape, image.Shape);
        Assert.Equal(Read(expected).Data, image.Data);
    }

    [Fact]
    public void ThinImagesAreTurnedToo()
    {
        var thin = Made(1, 1, 5);
        var jpeg = ImageExport.Encode(thin, ImageFormat.Jpeg, quality: 100);
        // An EXIF segment of one entry behind FFD8: orientation 5, the transposed image.
        byte[] exif =
        [
            0xff, 0xe1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 5, 0, 0, 0, 0, 0, 0,
        ];
        var turned = ImageSource.FromBytes([.. jpeg[..2], .. exif, .. jpeg[2..]], "thin.jpg").Read();
        Assert.Equal([1, 5, 1], turned.Shape);
        Assert.Equal(ImageSource.FromBytes(jpeg, "thin.jpg").Read().Data, turned.Data);
    }
}
