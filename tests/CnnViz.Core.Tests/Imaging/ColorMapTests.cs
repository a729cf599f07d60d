using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class ColorMapTests
{
    [Theory]
    [InlineData("viridis", 0, 68, 1, 84)]
    [InlineData("viridis", 128, 33, 145, 140)]
    [InlineData("Viridis", 255, 253, 231, 37)]
    [InlineData("magma", 0, 0, 0, 4)]
    [InlineData("magma", 255, 252, 253, 191)]
    [InlineData("grey", 77, 77, 77, 77)]
    public void PublishedColoursAreMet(string name, int step, int red, int green, int blue)
    {
        var color = ColorMap.Parse(name).At(step / 255f);
        Assert.Equal((red, green, blue), ((int)MathF.Round(color.R * 255), (int)MathF.Round(color.G * 255), (int)MathF.Round(color.B * 255)));
    }

    [Fact]
    public void TurboRunsFromBlueOverGreenToRed()
    {
        Rgb[] colors = [ColorMap.Turbo.At(0.1f), ColorMap.Turbo.At(0.5f), ColorMap.Turbo.At(0.9f)];
        Assert.True(colors[0].B > colors[0].R && colors[1].G > 0.9f && colors[2].R > 0.7f && colors[2].B < 0.1f);
    }

    [Fact]
    public void DivergingDrawsZeroWhite()
    {
        var drawn = ColorMap.Diverging.Apply(new CnnTensor([-1, 0, 4, -4], [2, 2]));
        Assert.Equal([255, 255, 255], PixelAt(drawn, 1, 0));
        Assert.True(PixelAt(drawn, 0, 1)[0] > PixelAt(drawn, 0, 1)[2], "positive is red");
        Assert.True(PixelAt(drawn, 1, 1)[2] > PixelAt(drawn, 1, 1)[0], "negative is blue");
        Assert.True(PixelAt(drawn, 0, 0)[1] > PixelAt(drawn, 1, 1)[1], "nearer to zero is nearer to white");
        Assert.All(ColorMap.Diverging.Apply(new CnnTensor(new float[4], [2, 2])).Data, value => Assert.Equal(1, value));
    }

    [Fact]
    public void TheRangeCanBeGiven()
    {
        var map = new CnnTensor([0, 1, 2, 3], [1, 2, 2]);
        Assert.Equal([0f, .5f, 1f, 1f], ColorMap.Grey.Apply(map, 0, 2).Data[..4], Near);
        Assert.Equal([0f, 1 / 3f, 2 / 3f, 1f], ColorMap.Grey.Apply(map).Data[..4], Near);
    }

    [Fact]
    public void ConstantAndBrokenMapsAreDrawnWithoutNaN()
    {
        Assert.All(ValueRange.Normalize(new CnnTensor([7, 7, 7, 7], [2, 2])).Data, value => Assert.Equal(0, value));
        Assert.Equal([0f, 0f, 1f, 1f], ValueRange.Normalize(new CnnTensor([float.NaN, 2, 4, float.PositiveInfinity], [2, 2])).Data);
        Assert.All(ColorMap.Viridis.Apply(new CnnTensor([float.NaN, float.NaN], [1, 2])).Data, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void OneMapIsAskedFor()
    {
        Fails("ShapeMismatch", () => ColorMap.Viridis.Apply(new CnnTensor(new float[8], [2, 2, 2])));
        Assert.Contains("magma", Fails("ArgumentInvalid", () => ColorMap.Parse("rainbow")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOverlayMixesPictureAndHeat()
    {
        var image = Plain(0.5f, 8, 8);
        var heat = new CnnTensor([0, 1, 2, 3], [2, 2]);
        Assert.Equal(ImageConversion.ToRgb(image).Data, Overlay.Draw(image, heat, 0).Data);
        var full = Overlay.Draw(image, heat, 1, ColorMap.Grey);
        Assert.Equal([0, 0, 0], PixelAt(full, 0, 0));
        Assert.Equal([255, 255, 255], PixelAt(full, 7, 7));
        Assert.Equal((0.6f * 0.5f) + 0.4f, Overlay.Draw(image, heat, 0.4f, ColorMap.Grey).Data[63], 1e-6f);
        Assert.Equal(0.5f + 0.4f, Overlay.Draw(image, heat, 0.4f, ColorMap.Grey, OverlayMode.Add).Data[63], 1e-6f);
        Fails("ArgumentInvalid", () => Overlay.Draw(image, heat, 1.5f));
    }

    private static bool Near(float expected, float actual) => Math.Abs(expected - actual) <= 0.51f / 255;
}
