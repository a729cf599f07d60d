using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading;

/// <summary>A map that says nothing says so, with the reason and what to try; signs and channels are treated alike for all methods.</summary>
[Collection(Alone.Name)]
public sealed class SaliencyDoubtsTests
{
    private const string Layers = "conv 4 3x3 relu; conv 6 3x3 relu; globalpool; dense 3";

    [Fact]
    public void A_map_that_says_something_has_no_warnings()
    {
        using var model = Small();
        Assert.All(Read(model, SaliencyMethod.Gradient, SaliencyMethod.EigenCam, SaliencyMethod.ScoreCam), map => Assert.Empty(map.Warnings));
    }

    [Fact]
    public void A_silent_layer_is_said_to_be_silent()
    {
        using var model = Small("conv2.bias", -100);
        foreach (var map in Read(model, SaliencyMethod.GradCam, SaliencyMethod.EigenCam, SaliencyMethod.AblationCam, SaliencyMethod.ScoreCam, SaliencyMethod.Cam))
        {
            Assert.All(map.Values.Data, value => Assert.Equal(0, value));
            Assert.All(map.Heatmap().Data, value => Assert.Equal(0, value));
            Assert.Contains("silent", Assert.Single(map.Warnings));
        }
        Assert.Contains("dead", Assert.Single(Assert.Single(Read(model, SaliencyMethod.Gradient)).Warnings));
    }

    [Fact]
    public void A_dead_gradient_is_said_to_be_dead()
    {
        using var model = Small("conv2.bias", -100);
        var map = Assert.Single(Read(model, new SaliencyOptions { Method = [SaliencyMethod.GradCam], Layer = ["relu1"] }));
        Assert.Contains("gradient", Assert.Single(map.Warnings));
        Assert.Contains("ScoreCam", map.Warnings[0]);
    }

    [Fact]
    public void A_map_without_positive_part_is_said_to_have_none()
    {
        using var model = Small("dense1.weight", -1);
        var options = new SaliencyOptions { Method = [SaliencyMethod.GradCam] };
        var map = Assert.Single(Read(model, options));
        Assert.True(map.Values.Minimum < 0);
        Assert.Contains("no positive part", Assert.Single(map.Warnings));
        Assert.Empty(Assert.Single(Read(model, options with { Sign = SaliencySign.Absolute })).Warnings);
        Assert.Empty(Assert.Single(Read(model, options with { Preset = SaliencyPreset.Thesis004 })).Warnings);
    }

    [Fact]
    public void A_window_over_the_whole_picture_is_said_to_be_too_large()
    {
        using var model = Small();
        var map = Assert.Single(Read(model, new SaliencyOptions { Method = [SaliencyMethod.Occlusion], Window = 16 }));
        Assert.Contains("-Window", Assert.Single(map.Warnings));
        Assert.DoesNotContain("-Layer", map.Warnings[0]);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_named_as_the_cause()
    {
        using var model = Small("dense1.bias", float.NaN);
        var warning = Assert.Single(Assert.Single(Read(model, SaliencyMethod.ScoreCam)).Warnings);
        Assert.Contains("not finite", warning);
        Assert.Contains("weights", warning);
    }

    [Fact]
    public void Ablation_by_a_score_below_zero_is_doubtful()
    {
        using var model = Small("dense1.weight", -1);
        Assert.Contains("divides", Assert.Single(Read(model, SaliencyMethod.AblationCam)).Warnings[^1]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_picture_with_values_that_are_no_numbers_is_refused(float value)
    {
        using var model = Small();
        var picture = ClassActivationMapTests.Picture(model, 16);
        picture.Data[17] = value;
        foreach (var mode in new[] { PreprocessingMode.Raw, PreprocessingMode.None, PreprocessingMode.Standard })
        {
            var error = Assert.Throws<CnnVizException>(() => SaliencyReader.Read(model, [picture], new SaliencyOptions { Preprocessing = mode }));
            Assert.Equal(("ImageNotFinite", false), (error.ErrorId, error.IsFatal));
            Assert.Contains(" 1 value", error.Message);
        }
    }

    [Fact]
    public void It_is_refused_even_where_the_value_would_be_cropped_away_and_negative_ones_are_not()
    {
        using var model = new CnnModel(Architectures.Find("resnet18")!.Build(), []) { Preprocessing = Preprocessing.ImageNet() };
        var picture = new CnnImage(new float[3 * 300 * 400], 3, 300, 400);
        picture.Data[1] = -0.25f;
        Assert.Equal([3, 224, 224], NetworkInput.Prepare(model, picture).Shape);
        picture.Data[0] = float.PositiveInfinity;
        Assert.Equal("ImageNotFinite", Assert.Throws<CnnVizException>(() => NetworkInput.Prepare(model, picture)).ErrorId);
    }

    [Theory]
    [InlineData(SaliencySign.Signed, ChannelReduction.Maximum)]
    [InlineData(SaliencySign.Absolute, ChannelReduction.None)]
    [InlineData(SaliencySign.Absolute, ChannelReduction.Maximum)]
    [InlineData(SaliencySign.Absolute, ChannelReduction.Mean)]
    [InlineData(SaliencySign.Positive, ChannelReduction.None)]
    [InlineData(SaliencySign.Positive, ChannelReduction.Maximum)]
    [InlineData(SaliencySign.Signed, ChannelReduction.Mean)]
    public void Signs_and_channels_are_reduced_as_asked(SaliencySign sign, ChannelReduction reduction)
    {
        using var model = Small();
        foreach (var method in new[] { SaliencyMethod.Gradient, SaliencyMethod.GuidedGradCam, SaliencyMethod.GradCam })
        {
            var raw = Assert.Single(Read(model, method)).Values;
            var found = Assert.Single(Read(model, new SaliencyOptions { Method = [method], Sign = sign, Reduction = reduction })).Values;
            var size = raw.Shape[1] * raw.Shape[2];
            Assert.Equal([reduction == ChannelReduction.None ? raw.Shape[0] : 1, raw.Shape[1], raw.Shape[2]], found.Shape);
            for (var i = 0; i < found.Count; i++)
            {
                float[] values = [.. Enumerable.Range(0, raw.Shape[0]).Where(channel => reduction != ChannelReduction.None || channel == i / size)
                    .Select(channel => raw.Data[channel * size + i % size])
                    .Select(value => sign == SaliencySign.Absolute ? Math.Abs(value) : sign == SaliencySign.Positive ? Math.Max(0, value) : value)];
                Assert.Equal(reduction == ChannelReduction.Mean ? values.Average() : values.Max(), found.Data[i], 1e-6f);
            }
        }
    }

    [Theory]
    [InlineData(SaliencyMethod.Gradient)]
    [InlineData(SaliencyMethod.GuidedBackprop)]
    [InlineData(SaliencyMethod.Cam)]
    [InlineData(SaliencyMethod.GradCam)]
    [InlineData(SaliencyMethod.GradCamPlusPlus)]
    [InlineData(SaliencyMethod.ScoreCam)]
    [InlineData(SaliencyMethod.AblationCam)]
    [InlineData(SaliencyMethod.EigenCam)]
    [InlineData(SaliencyMethod.EigenGradCam)]
    [InlineData(SaliencyMethod.GuidedGradCam)]
    public void No_tensor_is_left_behind(SaliencyMethod method)
    {
        using var model = Small();
        var options = new SaliencyOptions { Method = [method], Target = ["0", "Top1"] };
        Read(model, options);
        var before = Alone.CountTensors();
        Read(model, options);
        if (method is not (SaliencyMethod.Gradient or SaliencyMethod.GuidedBackprop))
            Read(model, options with { Layer = ["relu*"] });
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_layer_that_no_method_reads_is_refused()
    {
        using var model = Small();
        var options = new SaliencyOptions { Method = [SaliencyMethod.Gradient], Layer = ["relu1"] };
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => Read(model, options)).ErrorId);
        Assert.Equal(2, Read(model, options with { Method = [SaliencyMethod.Gradient, SaliencyMethod.GradCam] }).Count);
    }

    private static CnnModel Small(string? parameter = null, float value = 0)
    {
        var model = SequentialModel.Create(Layers.Split("; "), [3, 16, 16], seed: 5);
        if (parameter is not null)
            model.Weights[parameter].fill_(value);
        return model;
    }

    private static IReadOnlyList<SaliencyMap> Read(CnnModel model, params SaliencyMethod[] methods) => Read(model, new SaliencyOptions { Method = methods });

    private static IReadOnlyList<SaliencyMap> Read(CnnModel model, SaliencyOptions options) =>
        ClassActivationMapTests.Read(model, [ClassActivationMapTests.Picture(model, 16)], options);
}
