using System.Text.RegularExpressions;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class TerminalImageTests
{
    [Fact]
    public void TwoPixelsShareACharacter() => Assert.Equal(
        "\e[38;2;255;0;0m\e[48;2;0;255;0m▀\e[38;2;0;0;255m\e[48;2;255;255;255m▀\e[0m",
        TerminalImage.Render(new CnnImage([1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1], 3, 2, 2)));

    [Fact]
    public void EqualColoursAreSaidOnce() =>
        Assert.Equal("\e[38;2;128;128;128m\e[48;2;128;128;128m▀▀▀▀\e[0m", TerminalImage.Render(Plain(0.5f, 2, 4)));

    [Theory]
    [InlineData(28, 28, null, 28, 14)]
    [InlineData(400, 300, 40, 40, 27)]
    [InlineData(300, 400, null, 80, 30)]
    [InlineData(28, 28, 56, 56, 28)]
    [InlineData(3, 1, null, 1, 2)]
    [InlineData(1, 500, 10, 10, 1)]
    public void ProportionsAreKept(int height, int width, int? asked, int columns, int lines)
    {
        var text = Regex.Replace(TerminalImage.Render(Made(3, height, width), asked), "\e\\[[0-9;]*m", "");
        Assert.Equal(Enumerable.Repeat(new string('▀', columns), lines), text.Split('\n'));
    }

    [Fact]
    public void TheLastOddRowHasNoLowerHalf() => Assert.DoesNotContain("48;2", TerminalImage.Render(Plain(1, 1, 2)), StringComparison.Ordinal);

    [Fact]
    public void ImpossibleWidthsAreErrors() => Fails("ArgumentInvalid", () => TerminalImage.Render(Plain(1, 1, 2), 0));

    [Fact]
    public void ValuesAreWrittenALineARowOnTheirColours()
    {
        var text = TerminalImage.RenderValues(new CnnTensor([-1.5f, 0, 0.256f, 12], [2, 2]));
        Assert.Equal([" -1.5    0", " 0.26   12"], Regex.Replace(text, "\\e\\[[0-9;]*m", "").Split('\n'));
        Assert.StartsWith("\e[48;2;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ColourPicturesHaveThreeLinesARow()
    {
        var lines = Regex.Replace(TerminalImage.RenderValues(new CnnImage([0, 1, 0.5f, 0.2f, 1, 0], 3, 1, 2)), "\\e\\[[0-9;]*m", "").Split('\n');
        Assert.Equal(["   0   1", " 0.5 0.2", "   1   0"], lines);
    }

    [Fact]
    public void ValuesOfAStackOrAWidePictureAreRefused()
    {
        Fails("ArgumentInvalid", () => TerminalImage.RenderValues(Plain(1, 1, 600)));
        Fails("ArgumentInvalid", () => TerminalImage.RenderValues(new CnnTensor(new float[20], [5, 2, 2])));
    }
}
