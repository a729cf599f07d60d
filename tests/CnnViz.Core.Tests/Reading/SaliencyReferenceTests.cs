using System.Text.Json;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading;

/// <summary>Maps are those of captum and pytorch-grad-cam: tests/data/saliency.json has their figures for weights that both make by one formula.</summary>
public sealed class SaliencyReferenceTests
{
    private const double Tolerance = 1e-3;

    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "saliency.json"))).RootElement;

    [Theory]
    [InlineData("saliency_signed/vgg11", SaliencyMethod.Gradient)]
    [InlineData("saliency_signed/resnet18", SaliencyMethod.Gradient)]
    [InlineData("guided_backprop/vgg11", SaliencyMethod.GuidedBackprop)]
    [InlineData("deconvnet/vgg11", SaliencyMethod.Deconvnet)]
    [InlineData("guided_gradcam/vgg11", SaliencyMethod.GuidedGradCam)]
    public void Raw_values_are_captums(string name, SaliencyMethod method) =>
        AssertSame(name, Read(name, new SaliencyOptions { Method = [method] }).Values);

    [Theory]
    [InlineData("input_x_gradient/vgg11", SaliencyMethod.InputXGradient)]
    [InlineData("input_x_gradient/resnet18", SaliencyMethod.InputXGradient)]
    [InlineData("integrated_gradients/vgg11", SaliencyMethod.IntegratedGradients)]
    [InlineData("integrated_gradients/resnet18", SaliencyMethod.IntegratedGradients)]
    [InlineData("occlusion/vgg11", SaliencyMethod.Occlusion)]
    [InlineData("occlusion/resnet18", SaliencyMethod.Occlusion)]
    [InlineData("deeplift/vgg11", SaliencyMethod.DeepLift)]
    public void Attributions_are_captums(string name, SaliencyMethod method) =>
        AssertSame(name, Read(name, new SaliencyOptions { Method = [method], Window = 16, Stride = 8 }).Values);

    [Theory]
    [InlineData("saliency_abs/vgg11")]
    [InlineData("saliency_abs/resnet18")]
    public void Magnitudes_are_taken_of_each_noisy_copy(string name) =>
        AssertSame(name, Read(name, new SaliencyOptions { Method = [SaliencyMethod.SmoothGrad], Sign = SaliencySign.Absolute, NoiseDeviation = 0, SampleCount = 3 }).Values);

    [Theory]
    [InlineData("layer_gradcam/vgg11", SaliencyMethod.GradCam)]
    [InlineData("layer_gradcam/resnet18", SaliencyMethod.GradCam)]
    public void Class_activation_maps_before_scaling_are_captums(string name, SaliencyMethod method)
    {
        var map = Read(name, new SaliencyOptions { Method = [method] }).Values;
        AssertSame(name, new CnnTensor(Array.ConvertAll(map.Data, value => Math.Max(value, 0)), map.Shape));
    }

    /// <summary>cam/AblationCAM/resnet18 is left out: it is all zero there, for a shared in-place rectifier defeats that hook.</summary>
    [Theory]
    [InlineData("cam/GradCAM/vgg11", SaliencyMethod.GradCam)]
    [InlineData("cam/GradCAMPlusPlus/vgg11", SaliencyMethod.GradCamPlusPlus)]
    [InlineData("cam/HiResCAM/vgg11", SaliencyMethod.HiResCam)]
    [InlineData("cam/LayerCAM/vgg11", SaliencyMethod.LayerCam)]
    [InlineData("cam/XGradCAM/vgg11", SaliencyMethod.XGradCam)]
    [InlineData("cam/GradCAMElementWise/vgg11", SaliencyMethod.GradCamElementWise)]
    [InlineData("cam/ScoreCAM/vgg11", SaliencyMethod.ScoreCam)]
    [InlineData("cam/AblationCAM/vgg11", SaliencyMethod.AblationCam)]
    [InlineData("cam/EigenCAM/vgg11", SaliencyMethod.EigenCam)]
    [InlineData("cam/EigenGradCAM/vgg11", SaliencyMethod.EigenGradCam)]
    [InlineData("cam/GradCAM/resnet18", SaliencyMethod.GradCam)]
    [InlineData("cam/GradCAMPlusPlus/resnet18", SaliencyMethod.GradCamPlusPlus)]
    [InlineData("cam/HiResCAM/resnet18", SaliencyMethod.HiResCam)]
    [InlineData("cam/LayerCAM/resnet18", SaliencyMethod.LayerCam)]
    [InlineData("cam/XGradCAM/resnet18", SaliencyMethod.XGradCam)]
    [InlineData("cam/GradCAMElementWise/resnet18", SaliencyMethod.GradCamElementWise)]
    [InlineData("cam/ScoreCAM/resnet18", SaliencyMethod.ScoreCam)]
    [InlineData("cam/EigenCAM/resnet18", SaliencyMethod.EigenCam)]
    [InlineData("cam/EigenGradCAM/resnet18", SaliencyMethod.EigenGradCam)]
    public void Heatmaps_are_those_of_pytorch_grad_cam(string name, SaliencyMethod method) =>
        AssertSame(name, Read(name, new SaliencyOptions { Method = [method] }).Heatmap());

    private static SaliencyMap Read(string name, SaliencyOptions options)
    {
        var expected = Reference.GetProperty("cases").GetProperty(name);
        var salt = Reference.GetProperty("salt").GetString()!;
        var architecture = expected.GetProperty("model").GetString()!;
        var network = Architectures.Find(architecture)!.Build();
        using var model = new CnnModel(network, FormulaWeights.Of(network, salt));
        using var scope = NewDisposeScope();
        int[] shape = [.. expected.GetProperty("input_shape").EnumerateArray().Select(extent => extent.GetInt32())];
        var input = TensorTransfer.ToArray(FormulaWeights.Image(expected.GetProperty("input").GetString()!, [.. shape.Select(extent => (long)extent)], salt));
        return Assert.Single(SaliencyReader.Read(model, [new CnnImage(input, shape[1], shape[2], shape[3])], options with
        {
            Target = [expected.GetProperty("target").GetRawText()],
            Layer = expected.TryGetProperty("layer", out var layer) ? [layer.GetString()!] : [],
            Preprocessing = PreprocessingMode.Raw,
        }));
    }

    private static void AssertSame(string name, CnnTensor found)
    {
        var expected = Reference.GetProperty("cases").GetProperty(name);
        var values = Numbers(expected, "values");
        var positions = Numbers(expected, "positions");
        Assert.Equal(Numbers(expected, "shape").Aggregate((product, extent) => product * extent), found.Count);
        var l2 = expected.GetProperty("l2").GetDouble();
        Assert.InRange(Math.Sqrt(found.Data.Sum(value => (double)value * value)), l2 * (1 - Tolerance), l2 * (1 + Tolerance));
        var error = Math.Sqrt(values.Zip(positions, (value, position) => Math.Pow(value - found.Data[(int)position], 2)).Sum());
        Assert.True(error <= Tolerance * Math.Sqrt(values.Sum(value => value * value)), $"{name} deviates by {error}.");
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
