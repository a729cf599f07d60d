using System.Text.RegularExpressions;
using CnnViz.Imaging;

namespace CnnViz.Tests.Imaging;

public sealed class TerminalGraphicsTests
{
    private static readonly TerminalCapabilities Sixel = new(TerminalProtocol.Sixel, 8, 16);
    private static readonly TerminalCapabilities Kitty = new(TerminalProtocol.Kitty, 8, 16);

    /// <summary>All colours change slowly in both directions: more than 256 of them.</summary>
    private static CnnImage Gradient(int height, int width) => new(
        [.. from channel in Enumerable.Range(0, 3) from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width)
            select channel == 0 ? (float)x / (width - 1) : channel == 1 ? (float)y / (height - 1) : 1 - (float)(x + y) / (height + width - 2)],
        3, height, width);

    [Fact]
    public void AFewColoursComeBackFromSixelAsTheyWere()
    {
        var image = new CnnImage([.. Enumerable.Range(0, 16 * 13).Select(index => index % 7 / 10f)], 1, 13, 16);
        var pixels = SixelDecoder.Decode(TerminalGraphics.Render(image, Sixel, width: 2), out var colors);
        Assert.Equal(7, colors);
        Assert.Equal((13, 16), (pixels.GetLength(0), pixels.GetLength(1)));
        for (var index = 0; index < image.Count; index++)
            Assert.Equal(image.Data[index], pixels[index / 16, index % 16].R, 1e-6f);
    }

    [Fact]
    public void ManyColoursBecomeAtMost256WithTheirMeansKept()
    {
        var image = Gradient(96, 160);
        var pixels = SixelDecoder.Decode(TerminalGraphics.Render(image, Sixel, width: 20), out var colors);
        Assert.InRange(colors, 200, 256);
        var sum = 0.0;
        for (var index = 0; index < 96 * 160; index++)
        {
            var (found, wanted) = (pixels[index / 160, index % 160], image.ColorAt(index));
            sum += Math.Pow(found.R - wanted.R, 2) + Math.Pow(found.G - wanted.G, 2) + Math.Pow(found.B - wanted.B, 2);
        }
        Assert.InRange(Math.Sqrt(sum / (96 * 160 * 3)), 0, 0.06);
        // Dithering keeps what a block of pixels looks like from afar.
        for (var top = 0; top < 96; top += 16)
        {
            for (var left = 0; left < 160; left += 16)
            {
                var (found, wanted) = (0.0, 0.0);
                for (var index = 0; index < 256; index++)
                {
                    found += pixels[top + index / 16, left + index % 16].G / 256;
                    wanted += image.ColorAt((top + index / 16) * 160 + left + index % 16).G / 256;
                }
                Assert.InRange(found - wanted, -0.02, 0.02);
            }
        }
    }

    [Fact]
    public void KittyTakesAPngInChunksThatSaysHowWideItIsAndWantsNoAnswer()
    {
        var image = Gradient(96, 160);
        var chunks = Regex.Matches(TerminalGraphics.Render(image, Kitty, width: 20), "\e_G([^;]*);([^\e]*)\e\\\\").ToArray();
        Assert.StartsWith("a=T,f=100,q=2,c=20,m=", chunks[0].Groups[1].Value, StringComparison.Ordinal);
        Assert.All(chunks[1..], chunk => Assert.Matches("^m=[01]$", chunk.Groups[1].Value));
        Assert.All(chunks[..^1], chunk => Assert.EndsWith("m=1", chunk.Groups[1].Value, StringComparison.Ordinal));
        Assert.EndsWith("m=0", chunks[^1].Groups[1].Value, StringComparison.Ordinal);
        Assert.All(chunks, chunk => Assert.InRange(chunk.Groups[2].Length, 1, 4096));
        var png = Convert.FromBase64String(string.Concat(chunks.Select(chunk => chunk.Groups[2].Value)));
        var back = ImageSource.FromBytes(png, "png").Read();
        Assert.Equal(ImageExport.RoundTo8Bits(image).Data, back.Data);
    }

    [Theory]
    [InlineData(28, 28)]
    [InlineData(224, 32)]
    [InlineData(512, 64)]
    [InlineData(4000, 80)]
    public void APictureHasItsOwnSizeUnlessItIsSmallOrTooWide(int side, int columns)
    {
        var image = new CnnImage(new float[side * 2], 1, 2, side);
        Assert.Contains($"c={columns},", TerminalGraphics.Render(image, Kitty), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNeitherIsHalfBlocks()
    {
        var image = Gradient(4, 6);
        Assert.Equal(TerminalImage.Render(image), TerminalGraphics.Render(image, TerminalCapabilities.Unknown));
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => TerminalGraphics.Render(image, Sixel, width: 0)).ErrorId);
    }

    [Theory]
    [InlineData("\e_Gi=31;OK\e\\\e[6;20;10t\e[?62;c", TerminalProtocol.Kitty, 10, 20)]
    [InlineData("\e[6;17;9t\e[?62;4;22c", TerminalProtocol.Sixel, 9, 17)]
    [InlineData("[6;17;9t[?62;4;22c", TerminalProtocol.Sixel, 9, 17)]
    [InlineData("\e[?64;22c", TerminalProtocol.HalfBlock, 10, 20)]
    [InlineData("\e[?4c", TerminalProtocol.HalfBlock, 10, 20)]
    [InlineData("\e_Gi=31;ENOTSUPPORTED:no\e\\\e[?62;44c", TerminalProtocol.HalfBlock, 10, 20)]
    [InlineData("\e[6;0;0t\e[?62;4c", TerminalProtocol.Sixel, 10, 20)]
    [InlineData("", TerminalProtocol.HalfBlock, 10, 20)]
    public void ATerminalsAnswerSaysWhatItShows(string answer, TerminalProtocol protocol, int width, int height) =>
        Assert.Equal(new TerminalCapabilities(protocol, width, height), TerminalCapabilities.Parse(answer));

    [Fact]
    public void AnAnswerIsWholeWithTheAttributes()
    {
        Assert.False(TerminalCapabilities.IsWhole("\e_Gi=31;OK\e\\\e[6;20;10t\e[?62"));
        Assert.True(TerminalCapabilities.IsWhole("\e_Gi=31;OK\e\\\e[6;20;10t\e[?62;4c"));
    }
}
