using System.Text.Json;
using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public class ImageResizeTests
{
    [Fact]
    public void ResizesAsPillowDoes()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(PathOf("resize.json")));
        var root = golden.RootElement;
        var source = new CnnTensor(Floats(root.GetProperty("values")), [root.GetProperty("height").GetInt32(), root.GetProperty("width").GetInt32()]);
        foreach (var test in root.GetProperty("cases").EnumerateArray())
        {
            var interpolation = Enum.Parse<Interpolation>(test.GetProperty("interpolation").GetString()!);
            var (height, width) = (test.GetProperty("height").GetInt32(), test.GetProperty("width").GetInt32());
            var resized = ImageResize.Resize(source, height, width, interpolation);
            var expected = Floats(test.GetProperty("values"));
            Assert.Equal([height, width], resized.Shape);
            for (var index = 0; index < expected.Length; index++)
                Assert.True(Math.Abs(expected[index] - resized.Data[index]) < 2e-5f, $"{interpolation} {height}×{width}, value {index}");
        }

        static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];
    }

    [Fact]
    public void PicturesOfEightBitsAreResizedToTheVeryLevelsOfPillow()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(PathOf("resize-levels.json")));
        var root = golden.RootElement;
        var image = new CnnImage(Levels(root), 1, root.GetProperty("height").GetInt32(), root.GetProperty("width").GetInt32());
        foreach (var test in root.GetProperty("cases").EnumerateArray())
        {
            var interpolation = Enum.Parse<Interpolation>(test.GetProperty("interpolation").GetString()!);
            var resized = ImageResize.Resize(image, test.GetProperty("height").GetInt32(), test.GetProperty("width").GetInt32(), interpolation, inLevels: true);
            Assert.Equal(Levels(test), resized.Data);
        }

        static float[] Levels(JsonElement test) => [.. test.GetProperty("levels").EnumerateArray().Select(level => level.GetByte() / 255f)];
    }

    [Fact]
    public void PicturesOfMoreThanEightBitsKeepThem()
    {
        var image = new CnnImage([0, 0.3333f, 0.6666f, 1], 1, 2, 2);
        Assert.Equal(ImageResize.Resize(image, 3, 3).Data, ImageResize.Resize(image, 3, 3, inLevels: true).Data);
    }

    [Theory]
    [InlineData(17, 5, Interpolation.Bilinear)]
    [InlineData(5, 17, Interpolation.Bicubic)]
    [InlineData(300, 224, Interpolation.Bicubic)]
    [InlineData(9, 4, Interpolation.Box)]
    [InlineData(7, 21, Interpolation.Nearest)]
    public void WeightsSumToOneAndAgreeWithTheirMatrix(int inputs, int outputs, Interpolation interpolation)
    {
        var weights = new ResizeWeights(inputs, outputs, interpolation);
        var matrix = weights.ToMatrix();
        for (var output = 0; output < outputs; output++)
        {
            var row = weights.Row(output).ToArray();
            Assert.Equal(1, row.Sum(), 1e-5f);
            Assert.InRange(weights.Start[output], 0, inputs - weights.Length);
            for (var input = 0; input < inputs; input++)
            {
                var tap = input - weights.Start[output];
                Assert.Equal(tap >= 0 && tap < row.Length ? row[tap] : 0, matrix[output, input]);
            }
        }
    }

    [Fact]
    public void ResizingIsTheProductWithBothMatrices()
    {
        var image = Made(1, 9, 14);
        var (rows, columns) = (new ResizeWeights(9, 5).ToMatrix(), new ResizeWeights(14, 6).ToMatrix());
        var resized = ImageResize.Resize(image, 5, 6);
        for (var y = 0; y < 5; y++)
        {
            for (var x = 0; x < 6; x++)
            {
                var sum = 0f;
                for (var row = 0; row < 9; row++)
                {
                    for (var column = 0; column < 14; column++)
                        sum += rows[y, row] * columns[x, column] * image.Data[(row * 14) + column];
                }
                Assert.Equal(sum, resized.Data[(y * 6) + x], 1e-5f);
            }
        }
    }

    [Theory]
    [InlineData(375, 500, 256, 256, 341)]
    [InlineData(500, 333, 256, 384, 256)]
    [InlineData(256, 700, 256, 256, 700)]
    [InlineData(10, 10, 224, 224, 224)]
    public void TheShorterSideIsResizedAsTorchvisionDoes(int height, int width, int size, int newHeight, int newWidth)
    {
        var resized = ImageResize.ResizeShorterSide(Made(1, height, width), size);
        Assert.Equal((newHeight, newWidth), (resized.Height, resized.Width));
    }

    [Theory]
    [InlineData(7, 4, 2)] // (7−4)/2 = 1.5 is rounded to the even 2
    [InlineData(9, 4, 2)] // 2.5 too
    [InlineData(8, 4, 2)]
    [InlineData(4, 4, 0)]
    public void TheCentreIsCroppedAsTorchvisionDoes(int size, int crop, int first)
    {
        var image = Made(3, size, size);
        var cropped = ImageResize.CenterCrop(image, crop, crop);
        Assert.Equal([3, crop, crop], cropped.Shape);
        Assert.Equal(PixelAt(image, first, first), PixelAt(cropped, 0, 0));
        Assert.Equal(PixelAt(image, first + crop - 1, first + crop - 1), PixelAt(cropped, crop - 1, crop - 1));
    }

    [Fact]
    public void ASmallPictureIsPaddedWithBlackBeforeTheCrop()
    {
        var cropped = ImageResize.CenterCrop(Plain(1, 2, 6), 5, 4);
        Assert.Equal([0f, 1f, 1f, 0f, 0f], Enumerable.Range(0, 5).Select(y => cropped.Data[(y * 4) + 1]));
    }

    [Fact]
    public void CropPadAndFlipAgree()
    {
        var image = Made(3, 4, 5);
        var padded = ImageResize.Pad(image, 1, 2, 3, 4, 0.5f);
        Assert.Equal([3, 10, 9], padded.Shape);
        Assert.Equal(0.5f, padded.Data[0]);
        Assert.Equal(image.Data, ImageResize.Crop(padded, 1, 2, 5, 4).Data);
        Assert.Equal(PixelAt(image, 0, 1), PixelAt(ImageResize.FlipHorizontally(image), 4, 1));
        Fails("ArgumentInvalid", () => ImageResize.Crop(image, 1, 0, 5, 4));
        Fails("ArgumentInvalid", () => ImageResize.Resize(image, 0, 4));
    }

    [Fact]
    public void BicubicStaysAPicture()
    {
        var edge = new CnnImage([0, 0, 0, 1, 1, 1], 1, 1, 6);
        Assert.All(ImageResize.Resize(edge, 1, 23, Interpolation.Bicubic).Data, value => Assert.InRange(value, 0, 1));
        var map = new CnnTensor([0, 0, 0, 1, 1, 1], [1, 6]);
        Assert.True(ImageResize.Resize(map, 1, 23, Interpolation.Bicubic).Maximum > 1.01f, "a map keeps its overshoot");
    }
}
