using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class ImageFilterTests
{
    private static readonly CnnTensor Square = new([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
    private static readonly float[,] Corner = { { 1, 2 }, { 3, 4 } };

    [Fact]
    public void ValidCoversWhereTheKernelFits()
    {
        var result = ImageFilter.Convolve(Square, Corner, new ConvolutionOptions { Padding = ConvolutionPadding.Valid });
        Assert.Equal([2, 2], result.Shape);
        // 1·1+2·2+3·4+4·5 and so on: the kernel is not mirrored.
        Assert.Equal([37f, 47f, 67f, 77f], result.Data);
    }

    [Fact]
    public void SameTakesZerosOutsideAndPutsTheExtraOneAtTheEnd()
    {
        var result = ImageFilter.Convolve(Square, Corner);
        Assert.Equal([37f, 47f, 21f, 67f, 77f, 33f, 23f, 26f, 9f], result.Data);
    }

    [Fact]
    public void TheStrideSkipsPlaces()
    {
        var valid = ImageFilter.Convolve(Square, new float[,] { { 1 } }, new ConvolutionOptions { Padding = ConvolutionPadding.Valid, Stride = 2 });
        Assert.Equal([1f, 3f, 7f, 9f], valid.Data);
        var same = ImageFilter.Convolve(Made(3, 5, 8), new float[3, 3], new ConvolutionOptions { Stride = 2 });
        Assert.Equal([3, 3, 4], same.Shape);
    }

    [Fact]
    public void TheTransposedConvolutionSpreadsTheKernel()
    {
        var result = ImageFilter.Convolve(new CnnTensor([1, 10], [1, 2]), Corner,
            new ConvolutionOptions { Padding = ConvolutionPadding.Valid, Stride = 2, Transpose = true });
        Assert.Equal([2, 4], result.Shape);
        Assert.Equal([1f, 2f, 10f, 20f, 3f, 4f, 30f, 40f], result.Data);
    }

    [Theory]
    [InlineData(ConvolutionPadding.Same, 1)]
    [InlineData(ConvolutionPadding.Same, 2)]
    [InlineData(ConvolutionPadding.Same, 3)]
    [InlineData(ConvolutionPadding.Valid, 1)]
    [InlineData(ConvolutionPadding.Valid, 2)]
    public void TheTransposeIsTheAdjoint(ConvolutionPadding padding, int stride)
    {
        // ⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩ for every x and y where the sizes fit.
        var options = new ConvolutionOptions { Padding = padding, Stride = stride };
        float[,] kernel = { { 1, -2, 3, 5 }, { 0, 4, 1, -1 }, { 2, 2, -3, 0.5f } };
        var y = new CnnTensor(Made(1, 4, 5).Data, [4, 5]);
        var spread = ImageFilter.Convolve(y, kernel, options with { Transpose = true });
        var x = new CnnTensor(Made(1, spread.Shape[0], spread.Shape[1]).Data, spread.Shape);
        var gathered = ImageFilter.Convolve(x, kernel, options);
        Assert.Equal(y.Shape, gathered.Shape);
        Assert.Equal(Dot(x, spread), Dot(gathered, y), 1e-3);

        static double Dot(CnnTensor a, CnnTensor b) => a.Data.Zip(b.Data, (p, q) => (double)p * q).Sum();
    }

    [Fact]
    public void SobelFindsEdgesOfItsDirection()
    {
        var edge = new CnnImage([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1], 1, 3, 4);
        var valid = new ConvolutionOptions { Padding = ConvolutionPadding.Valid };
        Assert.Equal([4f, 4f], ImageFilter.Convolve(edge, Kernel.Parse("sobelx").Weights, valid).Data);
        Assert.Equal([0f, 0f], ImageFilter.Convolve(edge, Kernel.Parse("SobelY").Weights, valid).Data);
    }

    [Theory]
    [InlineData("BoxBlur", 1)]
    [InlineData("GaussianBlur", 1)]
    [InlineData("Sharpen", 1)]
    [InlineData("Laplacian", 0)]
    [InlineData("Edge", 0)]
    [InlineData("PrewittX", 0)]
    [InlineData("Emboss", 1)]
    [InlineData("LineVertical", 7)]
    public void NamedKernelsWeighAFlatPictureAsTheyShould(string name, float expected) =>
        Assert.Equal(expected, Kernel.Parse(name).Weights.Cast<float>().Sum(), 1e-6f);

    [Fact]
    public void LineKernelsAreSevenPixelsLong()
    {
        var vertical = Kernel.Parse("LineVertical").Weights;
        Assert.Equal((7, 7), (vertical.GetLength(0), vertical.GetLength(1)));
        Assert.Equal((1, 1, 0), (vertical[0, 3], vertical[6, 3], vertical[3, 0]));
        Assert.Equal((1, 0), (Kernel.Parse("LineHorizontal").Weights[3, 0], Kernel.Parse("LineHorizontal").Weights[0, 3]));
    }

    [Fact]
    public void ColourIsFilteredChannelByChannel()
    {
        var image = Made(3, 6, 7);
        var result = ImageFilter.Convolve(image, Corner);
        Assert.Equal([3, 6, 7], result.Shape);
        Assert.Equal(ImageFilter.Convolve(image.Slice(2), Corner).Data, result.Slice(2).Data);
    }

    [Fact]
    public void ImpossibleConvolutionsAreErrors()
    {
        Fails("ShapeMismatch", () => ImageFilter.Convolve(Square, new float[4, 1], new ConvolutionOptions { Padding = ConvolutionPadding.Valid }));
        Fails("ArgumentInvalid", () => ImageFilter.Convolve(Square, new float[0, 0]));
        Fails("ArgumentInvalid", () => ImageFilter.Convolve(Square, Corner, new ConvolutionOptions { Stride = 0 }));
        Assert.Contains("SobelX", Fails("ArgumentInvalid", () => Kernel.Parse("Sobol")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFilterThatKeepsTheBrightnessGivesAPictureOthersAreDrawnAroundZero()
    {
        var image = Plain(0.5f, 5, 5);
        var blurred = ImageFilter.Apply(image, Kernel.Parse("boxblur"), new ConvolutionOptions { Padding = ConvolutionPadding.Valid });
        Assert.All(blurred.Image.Data, value => Assert.Equal(0.5f, value, 1e-6f));
        Assert.Equal(1, blurred.Image.ChannelCount);
        var edges = ImageFilter.Apply(image, Kernel.Parse("SobelX"));
        Assert.Equal(3, edges.Image.ChannelCount); // in diverging colours
        Assert.Equal(-edges.Minimum, edges.Maximum, 1e-6f);
    }

    [Fact]
    public void AResultSaysHowItWasMade()
    {
        var image = new CnnImage(new float[9], 1, 3, 3) { Source = "x.png", Label = "x" };
        var named = ImageFilter.Apply(image, Kernel.Parse("Emboss"), new ConvolutionOptions { Stride = 2 });
        Assert.Equal(("Emboss", "Emboss", "2", "x.png"), (named.Kernel, named.Recipe.Parameters["Kernel"], named.Recipe.Parameters["Stride"], named.Source));
        var own = ImageFilter.Apply(image, new Kernel(Kernel.OwnName, new float[,] { { 0, 1.5f }, { -1, 0 } }));
        Assert.Equal("[[0,1.5],[-1,0]]", own.Recipe.Parameters["Kernel"]);
    }
}
