using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class TensorDrawingTests
{
    [Fact]
    public void PicturesStayAsTheyAre()
    {
        var image = Made(3, 4, 5);
        Assert.Same(image, TensorDrawing.Draw(image));
        Assert.Same(image, TensorDrawing.Draw(image, new DrawingOptions { Colors = ColorMap.Magma }));
    }

    [Fact]
    public void AGreyPictureIsColouredFromBlackToWhiteWhateverItsValues() =>
        Assert.Equal(ColorMap.Viridis.At(0.5f).R, TensorDrawing.Draw(Plain(0.5f, 1, 1), new DrawingOptions { Colors = ColorMap.Viridis }).Data[0]);

    [Theory]
    [InlineData(-1f, 1f, 1f, 1f)] // white: 0 of the diverging colours
    [InlineData(1f, 0.267f, 0.005f, 0.329f)] // viridis' lowest
    public void AMapIsDivergingWhereItHasNegativeValues(float other, float red, float green, float blue)
    {
        var drawn = TensorDrawing.Draw(new CnnTensor([0, other], [1, 2]));
        Assert.Equal(red, drawn.Data[0], 0.005);
        Assert.Equal(green, drawn.Data[2], 0.005);
        Assert.Equal(blue, drawn.Data[4], 0.005);
    }

    [Theory]
    [InlineData(new[] { 7, 1 }, 7, 1)]
    [InlineData(new[] { 1, 1, 2, 3 }, 2, 3)]
    [InlineData(new[] { 6, 1, 1 }, 8, 48)]
    [InlineData(new[] { 6 }, 8, 48)]
    [InlineData(new[] { 1, 6 }, 1, 6)]
    [InlineData(new int[0], 1, 1)]
    public void LeadingExtentsOfOneDoNotMatterAndFeaturesAreARowOfSquares(int[] shape, int height, int width)
    {
        var drawn = TensorDrawing.Draw(new CnnTensor(new float[shape.Aggregate(1, (product, extent) => product * extent)], shape));
        Assert.Equal((height, width), (drawn.Height, drawn.Width));
    }

    [Fact]
    public void ThreeChannelsAreAColourPictureAroundGreyWhereTheyAreSigned()
    {
        var unit = new CnnTensor([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], [3, 1, 2]);
        Assert.Equal(unit.Data, TensorDrawing.Draw(unit).Data);
        var signed = TensorDrawing.Draw(new CnnTensor([-2, 0, 2, 1, 0, 0], [3, 1, 2]));
        Assert.Equal([0, 0.5f, 1, 0.75f, 0.5f, 0.5f], signed.Data);
    }

    [Fact]
    public void AStackIsASheetOfItsMapsAndEachMayHaveItsValuesWrittenIn()
    {
        var stack = new CnnTensor([.. Enumerable.Range(0, 16).Select(value => (float)value)], [4, 2, 2]);
        var plain = TensorDrawing.Draw(stack);
        Assert.True(plain.Width > 2 * 96);
        var titled = TensorDrawing.Draw(stack, title: "four", names: ["a", "b", "c", "d"]);
        Assert.True(titled.Height > plain.Height);
        Assert.NotEqual(plain.Data, TensorDrawing.Draw(stack, new DrawingOptions { Annotate = true }).Data);
    }

    [Fact]
    public void NothingCannotBeDrawn() => Fails("ShapeMismatch", () => TensorDrawing.Draw(new CnnTensor([], [0, 3])));
}
