using CnnViz.Imaging;

namespace CnnViz.Tests;

/// <summary>saliency.</summary>
public sealed class SaliencyCommandTests : CliTest
{
    private const string Model = "lenet5-digits";

    [Fact]
    public void Maps_come_picture_after_picture_and_method_after_method()
    {
        var maps = RunJson("saliency", Digit(6), Digit(3), "--model", Model, "--method", "Gradient,GradCam", "--target", "Top1").GetProperty("Maps").EnumerateArray().ToArray();

        Assert.Equal(["Gradient", "GradCam", "Gradient", "GradCam"], maps.Select(map => map.GetProperty("Method").GetString()));
        Assert.Equal([6, 6, 3, 3], maps.Select(map => map.GetProperty("Target").GetInt32()));
        Assert.True(maps[0].GetProperty("Probability").GetDouble() > 0.8);
        Assert.Equal([1, 28, 28], maps[0].GetProperty("Values").GetProperty("Shape").EnumerateArray().Select(extent => extent.GetInt32()));
        Assert.False(maps[0].GetProperty("Values").TryGetProperty("Data", out _));
        Assert.StartsWith("the last layer with extent", maps[1].GetProperty("LayerReason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_shows_each_picture_in_front_of_its_maps()
    {
        var (one, two) = (PathOf("one.png"), PathOf("two.png"));
        string[] method = ["--model", Model, "--method", "Gradient,GradCam"];

        var outcome = Run(["saliency", Digit(6), "--output", one, .. method]);
        Run(["saliency", Digit(6), Digit(3), "--output", two, .. method]);

        Assert.Contains("Maps are read at", outcome.Error, StringComparison.Ordinal);
        var (row, rows) = (ImageSource.FromPath(one).Read(), ImageSource.FromPath(two).Read());
        Assert.Equal(row.Width, rows.Width);
        Assert.True(row.Width > 2 * row.Height, $"{row.Width} × {row.Height}");
        Assert.Equal("Get-SaliencyMap", rows.Recipe?.Operation);
    }

    [Fact]
    public void The_view_is_chosen()
    {
        RunJson("saliency", Digit(6), "--model", Model, "--method", "GradCam", "--view", "overlay", "--alpha", "0", "-d", PathOf("maps"));
        RunJson("saliency", Digit(6), "--model", Model, "--view", "Mask", "--quantile", "0.9", "-d", PathOf("masks"));

        var overlay = ImageSource.FromPath(Directory.GetFiles(PathOf("maps")).Single()).Read();
        var digit = ImageSource.FromPath(Digit(6)).Read();
        Assert.Equal(digit.Data, overlay.Data.Take(digit.Count));
        var mask = ImageSource.FromPath(Directory.GetFiles(PathOf("masks")).Single()).Read();
        Assert.InRange(mask.Data.Count(value => value > 0), 1, digit.Count / 10 * mask.ChannelCount + mask.ChannelCount);
    }

    [Fact]
    public void Values_go_into_one_file()
    {
        var path = PathOf("maps.safetensors");
        RunJson("saliency", Digit(6), "--model", Model, "--target", "Top1,Top2", "-o", path);
        Assert.True(new FileInfo(path).Length > 2 * 28 * 28 * sizeof(float));
        Assert.Contains("digit-6-Gradient-6", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_is_taken_as_it_stands()
    {
        var path = PathOf("batch.npy");
        NpyFile.Write(new CnnTensor([.. Enumerable.Range(0, 2 * 28 * 28).Select(index => index % 5 - 2f)], [2, 1, 28, 28]), path);
        var maps = RunJson("saliency", path, "--model", Model, "--preprocessing", "Raw").GetProperty("Maps");
        Assert.Equal(2, maps.GetArrayLength());
        AssertFails(Run("saliency", path, "--model", Model), 2, "ShapeMismatch");
    }

    [Fact]
    public void An_unknown_method_names_the_nearest()
    {
        var outcome = Run("saliency", Digit(), "--model", Model, "--method", "Gradient,GradKam");
        AssertFails(outcome, 2, "ArgumentInvalid");
        Assert.Contains("'GradKam' is no value for --method", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("nearest: GradCam", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "ClassUnknown", "--target", "zebra")]
    [InlineData(2, "IndexOutOfRange", "--target", "10")]
    [InlineData(2, "LayerWithoutExtent", "--method", "GradCam", "--layer", "fc1")]
    [InlineData(1, "LayerNotFound", "--method", "GradCam", "--layer", "conv9")]
    [InlineData(1, "MethodUnsupported", "--method", "GuidedBackprop")]
    [InlineData(2, "ArgumentInvalid", "--view", "Heat")]
    [InlineData(1, "FileNotFound", "--baseline-image", "nothing.png")]
    public void Bad_arguments_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["saliency", Digit(), "--model", Model, .. args]), exitCode, errorId);

    [Fact]
    public void Help_lists_the_methods()
    {
        var help = Run("saliency", "--help").Output;
        Assert.Contains("IntegratedGradients", help, StringComparison.Ordinal);
        Assert.Contains("--overlay-mode", help, StringComparison.Ordinal);
    }
}
