using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class ImageReadTests
{
    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.bmp")]
    [InlineData("rgb.tiff")]
    [InlineData("rgb.webp")]
    public void LosslessFormatsGiveTheExactPixels(string name)
    {
        var image = Read(name);
        Assert.Equal([3, 8, 12], image.Shape);
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 12; x++)
                Assert.Equal([x * 255 / 11, y * 255 / 7, (x + y) % 2 * 200], PixelAt(image, x, y));
        }
        Assert.EndsWith(name, image.Source);
    }

    [Theory]
    [InlineData("rgb.jpg", 40)]
    [InlineData("progressive.jpg", 40)]
    [InlineData("cmyk.jpg", 120)]
    [InlineData("palette.png", 90)]
    public void LossyFormsComeNear(string name, int tolerance)
    {
        var image = Read(name);
        Assert.Equal([3, 8, 12], image.Shape);
        Assert.InRange(PixelAt(image, 11, 0)[0], 255 - tolerance, 255);
        Assert.InRange(PixelAt(image, 0, 7)[1], 255 - tolerance, 255);
        Assert.InRange(PixelAt(image, 0, 0)[0], 0, tolerance);
    }

    [Fact]
    public void GreyStaysOneChannel()
    {
        var image = Read("grey.png");
        Assert.Equal([1, 8, 12], image.Shape);
        Assert.Equal((20 * 3 + 2) / 255f, image.Data[(2 * 12) + 3]);
        Assert.Equal(1, Read("grey.jpg").ChannelCount);
        Assert.Equal([0f, 1f, 0f], Read("bilevel.png").Data[..3]);
    }

    [Theory]
    [InlineData("grey16.png")]
    [InlineData("grey16.tiff")]
    public void SixteenBitsAreKept(string name)
    {
        var image = Read(name);
        Assert.Equal([1, 8, 12], image.Shape);
        Assert.Equal((5000 * 11 + 7 * 7) / 65535f, image.Data[^1]);
        Assert.Equal((5000 * 4 + 7 * 3) / 65535f, image.Data[(3 * 12) + 4]);
    }

    [Fact]
    public void SixteenBitColourIsKept()
    {
        var image = Read("rgb16.png");
        var deep = (5000 * 11) + (7 * 7);
        Assert.Equal([3, 8, 12], image.Shape);
        Assert.Equal(deep / 65535f, image.Data[95]);
        Assert.Equal(deep / 3 / 65535f, image.Data[^1]);
    }

    [Theory]
    [InlineData("alpha.png")]
    [InlineData("grey-alpha.png")]
    public void TransparencyIsLaidOnTheBackground(string name)
    {
        var onWhite = Read(name);
        Assert.Equal([255, 255, 255], PixelAt(onWhite, 0, 0));
        Assert.Equal([0, 0, 0], PixelAt(onWhite, 11, 0));
        var alpha = 5 * 255 / 11;
        Assert.Equal([255 - alpha, 255 - alpha, 255 - alpha], PixelAt(onWhite, 5, 3));

        var onBlack = ImageSource.FromPath(PathOf(name)).Read(new ImageReadOptions { Background = Rgb.Black });
        Assert.All(onBlack.Data, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void EveryExifOrientationComesUpright(int orientation)
    {
        var image = Read($"orientation{orientation}.jpg");
        Assert.Equal([3, 8, 12], image.Shape);
        var corner = PixelAt(image, 0, 0);
        Assert.True(corner[0] > 200 && corner[1] < 60, $"the upper left corner is {string.Join(",", corner)}");
        foreach (var (x, y) in new[] { (11, 0), (0, 7), (11, 7) })
            Assert.All(PixelAt(image, x, y), value => Assert.InRange(value, 200, 255));
    }

    [Theory]
    [InlineData("animation.gif")]
    [InlineData("animation.webp")]
    public void TheFirstFrameOfAnAnimationIsRead(string name)
    {
        var image = Read(name);
        Assert.Equal(8, image.Height);
        Assert.Equal([255, 0, 0], PixelAt(image, 6, 4));
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rgb.webp")]
    [InlineData("rgb.tiff")]
    [InlineData("rgb.bmp")]
    [InlineData("orientation6.jpg")]
    public void APictureThatBreaksOffIsAnError(string name)
    {
        var file = File.ReadAllBytes(PathOf(name));
        foreach (var share in new[] { 0.5, 0.8, 0.95 })
        {
            var error = Fails("ImageTruncated", () => ImageSource.FromBytes(file[..(int)(file.Length * share)], name).Read());
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("rgb.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("orientation6.jpg")]
    public void AJpegWithAFilmBehindItIsRead(string name)
    {
        // Markers of its own in what follows must not count: phones append a short film.
        var film = new byte[4096];
        new Random(1).NextBytes(film);
        film[100] = 0xff;
        film[101] = 0xda;
        var file = File.ReadAllBytes(PathOf(name));
        Assert.Equal(ImageSource.FromBytes(file, name).Read().Data, ImageSource.FromBytes([.. file, .. film], name).Read().Data);
    }

    [Fact]
    public void AGifThatBreaksOffInItsFirstFrameIsAnError()
    {
        var file = ImageExport.Encode(Made(3, 40, 40), ImageFormat.Gif);
        foreach (var share in new[] { 0.3, 0.6, 0.9 })
            Fails("ImageTruncated", () => ImageSource.FromBytes(file[..(int)(file.Length * share)], "cut.gif").Read());
    }

    [Fact]
    public void DamageInsideAPngIsAnError()
    {
        var file = File.ReadAllBytes(PathOf("grey16.png"));
        for (var index = 45; index < 55; index++)
            file[index] ^= 0x5a;
        Fails("ImageTruncated", () => ImageSource.FromBytes(file, "damaged.png").Read());
    }

    [Theory]
    [InlineData("just some text", "the text 'just some text'")]
    [InlineData("BMW is no bitmap, whatever its first two letters say", "BMW")]
    [InlineData("", "empty")]
    [InlineData("\0\u0001\u0002\u0003", "00010203")]
    public void WhatIsNoPictureIsNamed(string content, string named)
    {
        var error = Fails("ImageUnreadable", () => ImageSource.FromBytes(System.Text.Encoding.Latin1.GetBytes(content), "thing.png").Read());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("PNG, JPEG, WebP, GIF, BMP, TIFF", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APixelBombIsRefusedFromItsHeader()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Fails("ImageTooLarge", () => Read("bomb.png"));
        Assert.Contains("100,000 × 100,000", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void ThePixelLimitCanBeChosen()
    {
        var source = ImageSource.FromPath(PathOf("rgb.png"));
        Fails("ImageTooLarge", () => source.Read(new ImageReadOptions { MaximumPixels = 95 }));
        Assert.Equal(12, source.Read(new ImageReadOptions { MaximumPixels = 96 }).Width);
    }

    [Fact]
    public void MissingFilesAndFoldersAreNamed()
    {
        Fails("FileNotFound", () => ImageSource.Parse("/no/such/picture.png").Read());
        Fails("ImageUnreadable", () => ImageSource.Parse(Path.GetTempPath()).Read());
    }

    [Fact]
    public void NothingIsReadBeforeItIsAskedFor() => Assert.Equal("/no/such.png", ImageSource.FromPath("/no/such.png").Name);

    [Fact]
    public void TextOfOtherProgramsIsRead()
    {
        var png = ImageCodec.Decode(File.ReadAllBytes(PathOf("text.png")), 1000).Text;
        Assert.Equal("Zażółć", png["Author"]);
        Assert.Equal("plain", png["Title"]);
        Assert.StartsWith("compressed compressed", png["Comment"], StringComparison.Ordinal);
        Assert.Equal("a comment by another program", ImageCodec.Decode(File.ReadAllBytes(PathOf("comment.jpg")), 1000).Text["Comment"]);
    }

    [Fact]
    public void ManyThreadsMayRead()
    {
        var expected = Read("rgb.jpg").Data;
        Parallel.For(0, 64, index =>
        {
            if (index % 4 == 0)
                Assert.Throws<CnnVizException>(() => ImageSource.FromBytes(File.ReadAllBytes(PathOf("rgb.tiff"))[..200], "cut").Read());
            else
                Assert.Equal(expected, Read("rgb.jpg").Data);
        });
    }

    [Fact]
    public void TensorsAreSources()
    {
        var image = Made(3, 4, 5);
        Assert.Same(image, ImageSource.FromTensor(image).Read());
        Assert.Equal([1, 2, 3], ImageSource.FromTensor(new CnnTensor([0, .1f, .2f, .3f, .4f, 1], [2, 3])).Read().Shape);
        Assert.Equal([3, 1, 2], ImageSource.FromTensor(new CnnTensor(new float[6], [1, 3, 1, 2])).Read().Shape);
        Fails("ShapeMismatch", () => ImageSource.FromTensor(new CnnTensor(new float[8], [2, 2, 2])).Read());
        Fails("ImageUnreadable", () => ImageSource.FromTensor(new CnnTensor([0, 2], [1, 2])).Read());
        Fails("ImageUnreadable", () => ImageSource.FromTensor(new CnnTensor([0, float.NaN], [1, 2])).Read());
    }

    [Fact]
    public void AFileThatAnotherHoldsIsUnreadable()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("held.png", [1, 2, 3]);
        using var holder = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Fails("FileUnreadable", () => ImageSource.FromPath(path).Read());
    }

    [Fact]
    public void GreyAndColourConvert()
    {
        var rgb = new CnnImage([1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1], 3, 1, 4) { Label = "bars", Class = 3 };
        var grey = ImageConversion.ToGrey(rgb);
        Assert.Equal(0.299f, grey.Data[0]);
        Assert.Equal(0.587f, grey.Data[1]);
        Assert.Equal(0.114f, grey.Data[2]);
        Assert.Equal(0.413f, grey.Data[3], 1e-6f);
        Assert.Equal(("bars", 3), (grey.Label, grey.Class));
        Assert.Equal([.5f, .5f, .5f], ImageConversion.ToRgb(Plain(.5f, 1, 1)).Data);
    }
}
