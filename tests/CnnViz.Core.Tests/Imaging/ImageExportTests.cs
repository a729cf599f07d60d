using CnnViz.Imaging;
using static CnnViz.Tests.Imaging.Pictures;

namespace CnnViz.Tests.Imaging;

public sealed class ImageExportTests : IDisposable
{
    private static readonly Recipe SomeRecipe = new()
    {
        Operation = "Invoke-DeepDream",
        Parameters = new Dictionary<string, string> { ["Layer"] = "features.28", ["Label"] = "Zażółć <gęślą> & \"jaźń\" \u0007" },
        Model = "vgg19",
        WeightsHash = "dcbb9e9d",
        Seed = 42,
        Threads = 2,
        BatchSize = 1,
        Versions = new Dictionary<string, string> { ["CnnViz"] = "0.1.0" },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.png", 3)]
    [InlineData("a.png", 1)]
    [InlineData("a.PNG", 3)]
    [InlineData("a.npy", 3)]
    public void LosslessFilesComeBackBitForBit(string name, int channels)
    {
        var image = Made(channels, 9, 13);
        ImageExport.Save(image, _folder[name]);
        var back = ImageSource.FromPath(_folder[name]).Read();
        Assert.Equal(image.Shape, back.Shape);
        Assert.Equal(image.Data, back.Data);
        Assert.Equal([name], _folder.FileNames);
    }

    [Fact]
    public void WebPOfFullQualityIsLossless()
    {
        var image = Made(3, 9, 13);
        ImageExport.Save(image, _folder["a.webp"], new ImageWriteOptions { Quality = 100 });
        Assert.Equal(image.Data, ImageSource.FromPath(_folder["a.webp"]).Read().Data);
    }

    [Theory]
    [InlineData("a.jpg", 3, 0.01)]
    [InlineData("a.jpeg", 1, 0.01)]
    [InlineData("a.webp", 3, 0.02)]
    [InlineData("a.gif", 1, 0.02)]
    public void LossyFilesComeNear(string name, int channels, double tolerance)
    {
        var image = new CnnImage([.. Enumerable.Range(0, channels * 64 * 64).Select(index => ((index % 64) + (index / 64 % 64)) / 126f)], channels, 64, 64);
        ImageExport.Save(image, _folder[name]);
        var back = ImageSource.FromPath(_folder[name]).Read();
        var expected = back.ChannelCount == channels ? image : ImageConversion.ToRgb(image);
        Assert.Equal(expected.Shape, back.Shape);
        Assert.InRange(expected.Data.Zip(back.Data, (a, b) => Math.Abs(a - b)).Average(), 0, tolerance);
    }

    [Fact]
    public void QualityTradesSizeForFidelity()
    {
        var image = Made(3, 64, 64);
        var small = ImageExport.Encode(image, ImageFormat.Jpeg, 20);
        Assert.True(small.Length * 2 < ImageExport.Encode(image, ImageFormat.Jpeg, 95).Length);
        Fails("ArgumentInvalid", () => ImageExport.Encode(image, ImageFormat.Jpeg, 101));
    }

    [Theory]
    [InlineData(0.5f / 255, 1)]
    [InlineData(0.49f / 255, 0)]
    [InlineData(127.5f / 255, 128)]
    [InlineData(1.7f, 255)]
    [InlineData(-0.3f, 0)]
    [InlineData(float.NaN, 0)]
    public void ValuesAreRoundedHalfAwayFromZero(float value, byte expected)
    {
        Assert.Equal(expected, ImageConversion.ToByte(value));
        ImageExport.Save(new CnnImage([value], 1, 1, 1), _folder["a.png"]);
        Assert.Equal(expected / 255f, ImageSource.FromPath(_folder["a.png"]).Read().Data[0]);
        Assert.Equal(expected / 255f, ImageExport.RoundTo8Bits(new CnnImage([value], 1, 1, 1)).Data[0]);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    [InlineData("lossless.webp")]
    [InlineData("a.gif")]
    public void RecipeAndNetworkInputComeBack(string name)
    {
        var image = new CnnImage(Made(3, 17, 11).Data, 3, 17, 11) { IsNetworkInput = true, Recipe = SomeRecipe };
        ImageExport.Save(image, _folder[name], new ImageWriteOptions { Quality = name.StartsWith('l') ? 100 : 90 });
        var back = ImageSource.FromPath(_folder[name]).Read();
        Assert.Equal((17, 11), (back.Height, back.Width));
        Assert.True(back.IsNetworkInput);
        Assert.True(ImageExport.RoundTo8Bits(image).IsNetworkInput);
        Assert.NotNull(back.Recipe);
        Assert.Equal(SomeRecipe with { Parameters = back.Recipe.Parameters, Versions = back.Recipe.Versions }, back.Recipe);
        Assert.Equal(SomeRecipe.Parameters, back.Recipe.Parameters);
        Assert.Equal(SomeRecipe.Versions, back.Recipe.Versions);
    }

    [Fact]
    public void APlainPictureHasNoRecipe()
    {
        ImageExport.Save(Made(1, 2, 2), _folder["a.png"]);
        var back = ImageSource.FromPath(_folder["a.png"]).Read();
        Assert.False(back.IsNetworkInput);
        Assert.Null(back.Recipe);
    }

    [Fact]
    public void ForeignOrBrokenRecipesAreLeftOut()
    {
        var raw = new RawImage(1, 1, 1, 8, [0], new Dictionary<string, string> { ["CnnViz.Recipe"] = "{ broken", ["CnnViz.IsNetworkInput"] = "perhaps" });
        var image = ImageSource.FromBytes(ImageCodec.Encode([raw], ImageFormat.Png, 90, [0]), "a.png").Read();
        Assert.False(image.IsNetworkInput);
        Assert.Null(image.Recipe);
    }

    [Fact]
    public void ARecipeWithoutInputsAndParametersIsRead()
    {
        var recipe = ReadWith("{\"operation\":\"Invoke-DeepDream\"}")!;
        Assert.Empty(recipe.Inputs);
        Assert.Empty(recipe.Parameters);
        Assert.Empty(recipe.Versions);
        Assert.Null(ReadWith("{\"operation\":null}"));

        static Recipe? ReadWith(string json)
        {
            var raw = new RawImage(1, 1, 1, 8, [0], new Dictionary<string, string> { ["CnnViz.Recipe"] = json });
            return ImageSource.FromBytes(ImageCodec.Encode([raw], ImageFormat.Png, 90, [0]), "a.png").Read().Recipe;
        }
    }

    [Fact]
    public void ARecipeTooLongForJpegIsAnErrorAndLeavesNoFile()
    {
        var recipe = SomeRecipe with { Parameters = new Dictionary<string, string> { ["List"] = new string('x', 70_000) } };
        var image = new CnnImage([0], 1, 1, 1) { Recipe = recipe };
        Fails("OutputUnwritable", () => ImageExport.Save(image, _folder["a.jpg"]));
        Assert.Empty(_folder.FileNames);
        foreach (var name in new[] { "a.png", "a.gif", "a.webp" })
        {
            ImageExport.Save(image, _folder[name]);
            Assert.Equal(70_000, ImageSource.FromPath(_folder[name]).Read().Recipe!.Parameters["List"].Length);
        }
    }

    [Fact]
    public void AnAnimationKeepsFramesAndDelays()
    {
        CnnImage[] frames = [.. new[] { 0f, 0.5f, 1f }.Select(value => Plain(value, 10, 6))];
        ImageExport.SaveAnimation(frames, _folder["a.gif"], TimeSpan.FromMilliseconds(120));
        var file = File.ReadAllBytes(_folder["a.gif"]);
        Assert.Equal(0, ImageSource.FromBytes(file, "a.gif").Read().Data[0]);
        // A graphic control extension stands before each frame: 21 F9 04, flags, the delay in hundredths of a second.
        var controls = Enumerable.Range(0, file.Length - 8).Where(at => file[at] == 0x21 && file[at + 1] == 0xf9 && file[at + 2] == 4).ToArray();
        Assert.Equal(3, controls.Length);
        Assert.All(controls, at => Assert.Equal(12, file[at + 4] + (file[at + 5] << 8)));
        Assert.True(file.AsSpan().IndexOf("NETSCAPE2.0"u8) > 0, "the animation repeats");
    }

    [Fact]
    public void AnAnimationNeedsFramesOfOneSize()
    {
        Fails("ShapeMismatch", () => ImageExport.SaveAnimation([Plain(0, 2, 2), Plain(0, 2, 3)], _folder["a.gif"], TimeSpan.Zero));
        Fails("ArgumentInvalid", () => ImageExport.SaveAnimation([], _folder["a.gif"], TimeSpan.Zero));
        Fails("OutputFormatUnknown", () => ImageExport.SaveAnimation([Plain(0, 2, 2)], _folder["a.png"], TimeSpan.Zero));
        Assert.Empty(_folder.FileNames);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.npy")]
    public void ExistingFilesAreReplacedOnlyWithForce(string name)
    {
        File.WriteAllText(_folder[name], "precious");
        Fails("OutputExists", () => ImageExport.Save(Made(1, 2, 2), _folder[name]));
        Assert.Equal("precious", File.ReadAllText(_folder[name]));
        ImageExport.Save(Made(1, 2, 2), _folder[name], new ImageWriteOptions { Force = true });
        Assert.Equal(2, ImageSource.FromPath(_folder[name]).Read().Width);
        Assert.Equal([name], _folder.FileNames);
    }

    [Fact]
    public void UnusableTargetsAreNamed()
    {
        var image = Made(1, 2, 2);
        var error = Fails("OutputUnwritable", () => ImageExport.Save(image, _folder["missing/a.png"]));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["folder.png"]);
        Fails("OutputUnwritable", () => ImageExport.Save(image, _folder["folder.png"], new ImageWriteOptions { Force = true }));
        error = Fails("OutputFormatUnknown", () => ImageExport.Save(image, _folder["a.psd"]));
        Assert.Contains(".png", error.Message, StringComparison.Ordinal);
        Fails("ShapeMismatch", () => ImageExport.Save(new CnnTensor(new float[4], [4]), _folder["a.png"]));
    }
}
