using CnnViz.Imaging;

namespace CnnViz.Tests.Imaging;

public class BitmapFontTests
{
    [Theory]
    [InlineData("…×°–—−→±·≤≥µεασΔ²∞•«»„“”‘’")]
    [InlineData("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")]
    [InlineData("äöüßÄÖÜéèêçàùñõåæøÅÆØčřšžůőűığşČŘŠŽ")]
    public void CommonSignsAndLettersAreThere(string characters) => Assert.All(characters, character => Assert.True(BitmapFont.Has(character), $"{character}"));

    [Fact]
    public void EveryAsciiCharacterIsThereAndLooksLikeNoOther()
    {
        var shapes = Enumerable.Range(32, 95).Select(code => string.Join(' ', BitmapFont.PixelsOf((char)code).Order())).ToList();
        Assert.All(Enumerable.Range(32, 95), code => Assert.True(BitmapFont.Has((char)code)));
        Assert.Equal(95, shapes.Distinct().Count());
        Assert.Empty(shapes[0]);
    }

    [Fact]
    public void GlyphsStayWithinTheirCells()
    {
        for (var code = 32; code < 0x2600; code++)
        {
            Assert.All(BitmapFont.PixelsOf((char)code), pixel =>
                Assert.True(pixel.X is >= 0 and < BitmapFont.CellWidth && pixel.Y is >= 0 and < BitmapFont.CellHeight, $"U+{code:X4} {pixel}"));
        }
    }

    [Fact]
    public void AnUnknownCharacterIsABox() => Assert.Equal(BitmapFont.PixelsOf('□'), BitmapFont.PixelsOf('漢'));

    [Theory]
    [InlineData("one two three", 7, 3, "one two|three")]
    [InlineData("one two three", 7, 1, "one tw…")]
    [InlineData("incomprehensible", 8, 2, "incompr…")]
    [InlineData("a\nb", 8, 2, "a|b")]
    [InlineData("a b c d", 1, 2, "a|…")]
    [InlineData("", 5, 2, "")]
    public void TextIsWrappedAndCut(string text, int columns, int lines, string expected) =>
        Assert.Equal(expected.Split('|'), BitmapFont.Wrap(text, columns, lines));

    [Fact]
    public void ANumberIsNotTornFromItsPerCentSign() => Assert.Equal(["LayerCam: 6", "100.0 %"], BitmapFont.Wrap("LayerCam: 6 100.0 %", 18, 3));
}
