using CnnViz.Imaging;
using CnnViz.Networks.Weights;
using CnnViz.Reading;
using CnnViz.Reporting;

namespace CnnViz.Tests.Reporting;

public class SaliencyPictureTests
{
    private static SaliencyMap Map(SaliencyMethod method, float[] values, int[] shape, float[] pixels, ChannelReduction reduction = ChannelReduction.None) => new()
    {
        Image = new CnnImage(pixels, pixels.Length / (shape[1] * shape[2]), shape[1], shape[2]) { Source = "photos/a zebra.jpg" },
        Method = method,
        Target = 3,
        Label = "zebra",
        Score = 7.5,
        Probability = 0.9987,
        Values = new CnnTensor(values, shape, "CHW"),
        Options = new SaliencyOptions { Reduction = reduction },
        Recipe = new Recipe { Operation = "Get-SaliencyMap" },
    };

    private static CnnImage Draw(SaliencyMap map, MapViewOptions options, ColorMap? colors = null) =>
        Picture.Of(map)!.Draw(new DrawingOptions { Maps = options, Colors = colors });

    private static Rgb ColorAt(CnnImage image, int index)
    {
        var plane = image.Height * image.Width;
        return new Rgb(image.Data[index], image.Data[index + plane], image.Data[index + (2 * plane)]);
    }

    [Fact]
    public void TheCaptionTellsMethodClassAndProbabilityAndTheNameFitsAFile()
    {
        var picture = Picture.Of(Map(SaliencyMethod.GradCam, [1], [1, 1, 1], [0.5f]))!;
        Assert.Equal("GradCam: zebra 99.9 %", picture.Caption);
        Assert.Equal("a-zebra-GradCam-zebra", picture.Name);
        Assert.Equal("a zebra.jpg", picture.Original!.Caption);
    }

    [Theory]
    [InlineData(98, 10)] // of 1 + 2 + … + 10 = 55
    [InlineData(80, 9)]
    [InlineData(50, 7)]
    [InlineData(100, 10)]
    public void TheReachIsWhereMagnitudesComeToAPartOfTheirSum(double percentile, float reach) =>
        Assert.Equal(reach, ValueRange.ReachOf(new CnnTensor([1, -2, 3, -4, 5, -6, 7, -8, 9, -10, float.NaN], [11]), percentile));

    [Fact]
    public void OneOutlierDoesNotDarkenTheOthers()
    {
        var values = Enumerable.Repeat(1f, 99).Append(2f).ToArray();
        var map = Map(SaliencyMethod.Gradient, values, [1, 10, 10], new float[100]);

        var drawn = Draw(map, new MapViewOptions { Percentile = 90 }, ColorMap.Grey);

        Assert.Equal(Rgb.White, ColorAt(drawn, 99));
        Assert.Equal(1, ValueRange.ReachOf(map.Values, 90));
    }

    [Fact]
    public void MagnitudesOfAGradientGoFromDarkToLight()
    {
        var drawn = Draw(Map(SaliencyMethod.Gradient, [0, -1, 0.5f, 1], [1, 2, 2], new float[4]), new MapViewOptions { Percentile = 100 });
        Assert.Equal(ColorMap.Magma.At(0), ColorAt(drawn, 0));
        Assert.Equal(ColorMap.Magma.At(1), ColorAt(drawn, 1));
        Assert.Equal(ColorMap.Magma.At(0.5f), ColorAt(drawn, 2));
    }

    [Fact]
    public void AMapOfReducedChannelsKeepsItsSignsAroundWhite()
    {
        var drawn = Draw(Map(SaliencyMethod.Gradient, [0, -1, 0.5f, 1], [1, 2, 2], new float[4], ChannelReduction.Mean), new MapViewOptions { Percentile = 100 });
        Assert.Equal(ColorMap.Diverging.At(0.5f), ColorAt(drawn, 0));
        Assert.Equal(ColorMap.Diverging.At(0), ColorAt(drawn, 1));
        Assert.Equal(ColorMap.Diverging.At(0.75f), ColorAt(drawn, 2));
    }

    [Theory]
    [InlineData(OverlayMode.Blend, 0.4f, 0.6f)]
    [InlineData(OverlayMode.Add, 0.4f, 1f)]
    [InlineData(OverlayMode.Blend, 1f, 0f)]
    public void AnOverlayIsTheGivenShareOfTheHeatmap(OverlayMode mode, float alpha, float rest)
    {
        var map = Map(SaliencyMethod.GradCam, [0, 1], [1, 1, 2], [0.2f, 0.4f]);

        var drawn = Draw(map, new MapViewOptions { View = MapView.Overlay, Alpha = alpha, OverlayMode = mode });

        var (cold, hot) = (ColorMap.Turbo.At(0), ColorMap.Turbo.At(1));
        Assert.Equal((0.2f * rest) + (alpha * cold.B), ColorAt(drawn, 0).B, 1e-4);
        Assert.Equal((0.4f * rest) + (alpha * hot.R), ColorAt(drawn, 1).R, 1e-4);
    }

    [Fact]
    public void AnOverlayOfSignsLeavesThePictureAloneWhereNothingMatters()
    {
        var map = Map(SaliencyMethod.Gradient, [0, -1, 0.5f, 1], [1, 2, 2], [0.5f, 0.5f, 0.5f, 0.5f], ChannelReduction.Mean);
        var drawn = Draw(map, new MapViewOptions { View = MapView.Overlay, Percentile = 100 });
        Assert.Equal(0.5f, ColorAt(drawn, 0).R, 1e-4);
        Assert.Equal((0.5f * 0.6f) + (0.4f * ColorMap.Diverging.At(0).B), ColorAt(drawn, 1).B, 1e-4);
        Assert.Equal((0.5f * 0.8f) + (0.2f * ColorMap.Diverging.At(1).R), ColorAt(drawn, 2).R, 1e-4);
        Assert.Equal((0.5f * 0.6f) + (0.4f * ColorMap.Diverging.At(1).R), ColorAt(drawn, 3).R, 1e-4);
    }

    [Fact]
    public void ThePresetOfTheThesisAddsTheHeatmap()
    {
        var map = Map(SaliencyMethod.GradCam, [0, 1], [1, 1, 2], [0.2f, 0.4f]);
        var preset = map with { Options = new SaliencyOptions { Method = [SaliencyMethod.GradCam], Preset = SaliencyPreset.Thesis004 } };
        Assert.Equal(Draw(map, new MapViewOptions { OverlayMode = OverlayMode.Add }).Data, Draw(preset, MapViewOptions.Default).Data);
        Assert.Equal(Draw(map, MapViewOptions.Default).Data, Draw(preset, new MapViewOptions { OverlayMode = OverlayMode.Blend }).Data);
    }

    [Fact]
    public void CoarseMapsAreOverlaysUnlessToldOtherwise()
    {
        var map = Map(SaliencyMethod.GradCam, [0, 1], [1, 1, 2], [0.2f, 0.4f]);
        Assert.Equal(Draw(map, new MapViewOptions { View = MapView.Overlay }).Data, Draw(map, MapViewOptions.Default).Data);
        Assert.Equal(ColorMap.Magma.At(1), ColorAt(Draw(map, new MapViewOptions { View = MapView.Map }), 1));
    }

    [Fact]
    public void AMaskShowsPixelsAsStronglyAsTheyMatter()
    {
        var map = Map(SaliencyMethod.Gradient, [0, 1, 2, 4], [1, 2, 2], [0.8f, 0.8f, 0.8f, 0.8f]);
        Assert.Equal([0, 0.2f, 0.4f, 0.8f], Draw(map, new MapViewOptions { View = MapView.Mask, Percentile = 100 }).Data);
    }

    [Theory]
    [InlineData(0.5, new[] { 0, 0, 0.8f, 0.8f })]
    [InlineData(0.75, new[] { 0, 0, 0, 0.8f })]
    [InlineData(0, new[] { 0, 0.8f, 0.8f, 0.8f })] // what does not matter at all is never shown
    public void AMaskOfAQuantileShowsTheRestAsItIs(double quantile, float[] expected)
    {
        var map = Map(SaliencyMethod.Gradient, [0, 1, 2, 4], [1, 2, 2], [0.8f, 0.8f, 0.8f, 0.8f]);
        Assert.Equal(expected, Draw(map, new MapViewOptions { View = MapView.Mask, Quantile = quantile }).Data);
    }

    [Fact]
    public void ChannelsStandSideBySideOnOneScale()
    {
        var drawn = Draw(Map(SaliencyMethod.Gradient, [-1, 1, 0.5f], [3, 1, 1], [0, 0, 0]), new MapViewOptions { View = MapView.Channels, Percentile = 100 });
        Assert.True(drawn.Width > 2 * drawn.Height);
        var row = drawn.Width * (drawn.Height / 3);
        var colors = Enumerable.Range(0, drawn.Width).Select(x => ColorAt(drawn, row + x)).ToHashSet();
        Assert.Superset(new HashSet<Rgb> { ColorMap.Diverging.At(0), ColorMap.Diverging.At(1), ColorMap.Diverging.At(0.75f) }, colors);
    }

    [Theory]
    [InlineData(-0.1f, 98, 0.5)]
    [InlineData(0.4f, 0, 0.5)]
    [InlineData(0.4f, 101, 0.5)]
    [InlineData(0.4f, 98, 1)]
    public void SharesOutsideOfTheirRangeAreErrors(float alpha, double percentile, double quantile)
    {
        var map = Map(SaliencyMethod.Gradient, [0, 1], [1, 1, 2], [0.2f, 0.4f]);
        var options = new MapViewOptions { View = alpha < 0 ? MapView.Overlay : MapView.Mask, Alpha = alpha, Percentile = percentile, Quantile = quantile };
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => Draw(map, options)).ErrorId);
    }

    [Fact]
    public void AMapWithoutAnyValueIsDrawnEvenly()
    {
        var map = Map(SaliencyMethod.Gradient, [0, 0], [1, 1, 2], [0.2f, 0.4f]);
        Assert.Equal(ColorMap.Magma.At(0), ColorAt(Draw(map, MapViewOptions.Default), 1));
        Assert.Equal([0, 0], Draw(map, new MapViewOptions { View = MapView.Mask }).Data);
        Assert.Equal([0, 0], Draw(map, new MapViewOptions { View = MapView.Mask, Quantile = 0.5 }).Data);
    }

    [Fact]
    public void ManyMapsGoIntoOneFileWithTheirSettings()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Join(folder.Path, "maps.safetensors");
        Picture[] pictures = [.. new[] { 1f, 2f }.Select(value => Picture.Of(Map(SaliencyMethod.Gradient, [value, -value], [1, 1, 2], [0, 0]))!)];

        TensorExport.Save(pictures, path);

        using var file = WeightFile.Open(path);
        Assert.Equal(["a-zebra-Gradient-zebra", "a-zebra-Gradient-zebra-2"], file.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("\"Probability\":\"0.9987\"", file.Metadata["a-zebra-Gradient-zebra"], StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"Get-SaliencyMap\"", file.Metadata["a-zebra-Gradient-zebra-2"], StringComparison.Ordinal);
    }

    [Fact]
    public void AHeaderThatWouldNotBeReadAgainIsNotWritten()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Join(folder.Path, "large.safetensors");
        var failure = Assert.Throws<CnnVizException>(() => SafetensorsFile.Write(path, [], new Dictionary<string, string> { ["text"] = new string('x', 5 << 20) }));
        Assert.Equal("OutputUnwritable", failure.ErrorId);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void AnOriginalStandsInFrontOfItsMapsOnce()
    {
        var map = Map(SaliencyMethod.Gradient, [0, 1], [1, 1, 2], [0.2f, 0.4f]);
        var (first, second) = (Picture.Of(map)!, Picture.Of(map with { Method = SaliencyMethod.Deconvnet })!);
        Assert.NotNull(first.OriginalAfter(null));
        Assert.Null(second.OriginalAfter(first));
        Assert.Null(Picture.Of(Map(SaliencyMethod.Gradient, [0, 1], [1, 1, 2], [0.2f, 0.4f]))!.OriginalAfter(second));
        Assert.NotNull(Picture.Of(Map(SaliencyMethod.Gradient, [0, 1], [1, 1, 2], [0.2f, 0.5f]))!.OriginalAfter(second));
        Assert.Equal(3, ContactSheet.ColumnsOf([true, false, false, true, false, false]));
        Assert.Null(ContactSheet.ColumnsOf([true, false, true, false, false]));
        Assert.Null(ContactSheet.ColumnsOf([false, false]));
    }
}
