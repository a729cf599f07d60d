using CnnViz.Imaging;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Weights;

namespace CnnViz.Tests;

/// <summary>style.</summary>
public sealed class StyleCommandTests : CliTest
{
    [Fact]
    public void A_picture_is_painted_saved_and_reported()
    {
        var (model, content, style, painted) = (SmallModel(), Picture("town.png", 1), Picture("painting.png", 2), PathOf("painted.png"));

        var image = RunJson("style", content, "--style", style, "--model", model, "--step", "4", "--style-layer", "relu1=0.5,relu3", "--scale", "16,24", "--output", painted)
            .GetProperty("Images").EnumerateArray().Single();

        Assert.Equal("town in the style of painting", image.GetProperty("Title").GetString());
        Assert.Equal(8, image.GetProperty("History").GetArrayLength());
        Assert.Equal(8, image.GetProperty("Terms").GetProperty("Style").GetArrayLength());
        Assert.Equal("relu1=0.5,relu3=1", image.GetProperty("Recipe").GetProperty("Parameters").GetProperty("StyleLayer").GetString());
        Assert.Equal(24, ImageSource.FromPath(painted).Read().Width);
    }

    [Fact]
    public void Layers_that_are_chosen_are_told_and_mistakes_named()
    {
        var (model, content, style) = (SmallModel(), Picture("town.png", 1), Picture("painting.png", 2));

        Assert.Contains("style of relu1, relu3", Run("style", content, "--style", style, "--model", model, "--step", "1").Error, StringComparison.Ordinal);
        Assert.Contains("LayerNotFound", Run("style", content, "--style", style, "--model", model, "--content-layer", "relu9").Error, StringComparison.Ordinal);
        Assert.Contains("is no layer with a weight", Run("style", content, "--style", style, "--model", model, "--style-layer", "relu1=x").Error, StringComparison.Ordinal);
    }

    private string SmallModel()
    {
        var path = PathOf("small.safetensors");
        using var model = SequentialModel.Create(["conv 4 3x3 same relu", "conv 4 3x3 same relu", "maxpool 2", "conv 6 3x3 same relu", "globalpool", "dense 3"], [3, 16, 16], seed: 1);
        ModelFile.Save(model, path, force: true);
        return path;
    }

    private string Picture(string name, int seed)
    {
        var random = new Random(seed);
        var path = PathOf(name);
        ImageExport.Save(new CnnImage([.. Enumerable.Range(0, 3 * 16 * 16).Select(_ => random.NextSingle())], 3, 16, 16), path, new ImageWriteOptions { Force = true });
        return path;
    }
}
