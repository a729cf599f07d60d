using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class AnnotationTests
{
    [Fact]
    public void EveryPixelBecomesASquareWithItsValueInContrast()
    {
        var drawn = Annotation.Draw(new CnnImage([0, 1, 0.25f, 0.5f], 1, 2, 2));
        var side = drawn.Width / 2;
        Assert.Equal((4 * BitmapFont.CellWidth) + 4, side);
        Assert.Equal([0, 0, 0], PixelAt(drawn, 0, 0));
        Assert.Equal([255, 255, 255], PixelAt(drawn, side, 0));
        Assert.Contains(Square(drawn, 0, 0, side), pixel => pixel == 255);
        Assert.Contains(Square(drawn, side, 0, side), pixel => pixel == 0);
    }

    [Fact]
    public void SignedMapsAreDrawnAroundZero()
    {
        var drawn = Annotation.Draw(new CnnTensor([-2, 0, 0.5f, 2], [2, 2]));
        var side = drawn.Width / 2;
        Assert.Equal([255, 255, 255], PixelAt(drawn, side, 0));
        Assert.True(PixelAt(drawn, 0, 0)[2] > PixelAt(drawn, 0, 0)[0]);
    }

    [Fact]
    public void TheSameValueIsWrittenAlike()
    {
        var drawn = Annotation.Draw(new CnnTensor([-0.001f, 0, 1], [1, 3]), ColorMap.Grey);
        var side = drawn.Width / 3;
        Assert.Equal(Square(drawn, 0, 0, side), Square(drawn, side, 0, side)); // −0.001 is written as 0, not −0
    }

    [Fact]
    public void ColourPicturesHaveThreeValuesAPixel() => Assert.Equal(3 * BitmapFont.CellHeight + 4, Annotation.Draw(Made(3, 1, 1)).Height);

    [Fact]
    public void LargePicturesAreRefused()
    {
        Fails("ArgumentInvalid", () => Annotation.Draw(Made(1, 200, 200)));
        Fails("ShapeMismatch", () => Annotation.Draw(new CnnTensor(new float[12], [3, 2, 2])));
    }

    private static int[] Square(CnnImage image, int left, int top, int side) =>
        [.. from y in Enumerable.Range(top, side) from x in Enumerable.Range(left, side) select PixelAt(image, x, y)[0]];
}
