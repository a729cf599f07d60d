using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Tests.Reporting;

public class PictureTests
{
    private static readonly CnnImage Photo = new([0, 0.25f, 0.5f, 1], 1, 2, 2) { Source = "/pictures/my dog.jpg", Label = "dog", Class = 5, IsNetworkInput = true };
    private static readonly Recipe Made = new() { Operation = "Get-FeatureMap" };

    [Fact]
    public void APictureShowsItselfWithItsLabelAndItsMetadata()
    {
        var picture = Picture.Of(Photo)!;
        Assert.Equal(("dog", "my-dog"), (picture.Caption, picture.Name));
        var drawn = picture.Draw();
        Assert.Equal(Photo.Data, drawn.Data);
        Assert.Equal((Photo.Source, Photo.Label, Photo.Class, true), (drawn.Source, drawn.Label, drawn.Class, drawn.IsNetworkInput));
    }

    [Fact]
    public void AnAnnotatedPictureIsNoNetworkInput() => Assert.False(Picture.Of(Photo)!.Draw(new DrawingOptions { Annotate = true }).IsNetworkInput);

    [Fact]
    public void SeveralMapsAreASheetAndOneIsItself()
    {
        var maps = new FeatureMap { Image = Photo, Layer = "conv1", Values = new CnnTensor(new float[8], [2, 2, 2]), Channels = [3, 7], Recipe = Made };
        var picture = Picture.Of(maps)!;
        Assert.Equal(("conv1", "my-dog-conv1"), (picture.Caption, picture.Name));
        Assert.True(picture.Draw().Height > 96);
        Assert.Same(Made, picture.Draw().Recipe);
        Assert.Same(maps.Values, picture.Values);

        var single = Picture.Of(maps with { Values = new CnnTensor(new float[4], [1, 2, 2]), Channels = [7] })!;
        Assert.Equal(("conv1 7", "my-dog-conv1-7"), (single.Caption, single.Name));
        Assert.Equal((2, 2), (single.Draw().Height, single.Draw().Width));
    }

    [Fact]
    public void AFilterShowsItsOwnPictureUnlessOtherColoursAreAskedFor()
    {
        var image = new CnnImage([0, 1], 1, 1, 2) { Label = "conv1 4" };
        var filter = new CnnFilter { Layer = "conv1", Index = 4, Values = new CnnTensor([-1, 1], [1, 1, 2]), Image = image, Recipe = Made };
        var picture = Picture.Of(filter)!;
        Assert.Equal(("conv1 4", "conv1-4"), (picture.Caption, picture.Name));
        Assert.Equal(image.Data, picture.Draw().Data);
        Assert.Equal(3, picture.Draw(new DrawingOptions { Colors = ColorMap.Turbo }).ChannelCount);
    }

    [Fact]
    public void APredictionIsCaptionedWithItsProbability()
    {
        var picture = Picture.Of(new Prediction { Image = Photo, Rank = 1, Class = 5, Label = "poodle", Probability = 0.9123, Logit = 4, Recipe = Made })!;
        Assert.Equal(("poodle 91.2 %", "my-dog-poodle"), (picture.Caption, picture.Name));
        Assert.Equal(Photo.Data, picture.Draw().Data);
    }

    [Theory]
    [InlineData("https://example.org/a/dog.jpg?width=3", "dog")]
    [InlineData("digits/test#5", "test-5")]
    [InlineData("/x/..png", "image")]
    [InlineData("C:/x/été 1.png", "été-1")]
    public void NamesAreFitForFiles(string source, string name) =>
        Assert.Equal(name, Picture.Of(new CnnImage(new float[1], 1, 1, 1) { Source = source })!.Name);

    [Fact]
    public void OtherThingsShowNothing()
    {
        Assert.Null(Picture.Of("text"));
        Assert.Null(Picture.Of(null));
    }
}
