using CnnViz.Imaging;
using CnnViz.Networks;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using CnnViz.Reading.Saliency;
using CnnViz.Tests.Networks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Reading;

/// <summary>What class activation maps promise, beyond the figures of <see cref="SaliencyReferenceTests"/>.</summary>
public sealed class ClassActivationMapTests
{
    private static readonly SaliencyMethod[] Family =
    [
        SaliencyMethod.Cam, SaliencyMethod.GradCam, SaliencyMethod.GradCamPlusPlus, SaliencyMethod.GradCamElementWise, SaliencyMethod.HiResCam, SaliencyMethod.LayerCam,
        SaliencyMethod.XGradCam, SaliencyMethod.ScoreCam, SaliencyMethod.AblationCam, SaliencyMethod.EigenCam, SaliencyMethod.EigenGradCam, SaliencyMethod.GuidedGradCam,
    ];

    [Theory]
    [InlineData("resnet18", 64)]
    [InlineData("googlenet", 64)]
    [InlineData("densenet121", 64)]
    [InlineData("mobilenet_v2", 64)]
    [InlineData("inception_v3", 139)]
    public void Cam_is_Grad_CAM_but_for_a_factor_where_a_dense_layer_follows_the_average(string architecture, int size)
    {
        using var model = Formula(architecture);
        var maps = Read(model, [Picture(model, size)], new SaliencyOptions { Method = [SaliencyMethod.Cam, SaliencyMethod.GradCam, SaliencyMethod.HiResCam], Target = ["3"] });
        var positions = maps[0].Values.Count;
        Assert.True(positions > 1);
        AssertClose(maps[0].Values.Data, [.. maps[1].Values.Data.Select(value => value * positions)]);
        AssertClose(maps[1].Values.Data, maps[2].Values.Data);
        Assert.Equal(maps[0].Layer, maps[1].Layer);
        Assert.Contains("averages", maps[0].LayerReason);
    }

    [Fact]
    public void Cam_of_a_network_that_averages_the_classes_own_maps_is_those_maps_without_bias()
    {
        using var model = Formula("squeezenet1_1");
        var picture = Picture(model, 64);
        var map = Assert.Single(Read(model, [picture], new SaliencyOptions { Method = [SaliencyMethod.Cam], Target = ["7"], Layer = ["features.3"] }));
        Assert.Equal("features.12.cat", map.Layer);
        var own = Assert.Single(FeatureReader.Read(model, [picture], new FeatureMapOptions { Layer = ["classifier.1"], Channel = [7], Preprocessing = PreprocessingMode.Raw }));
        var bias = model.GetParameter("classifier.1.bias").Data[7];
        AssertClose(map.Values.Data, [.. own.Values.Data.Select(value => value - bias)]);
    }

    [Theory]
    [InlineData(SaliencyMethod.Cam, "conv 4 3x3 relu; maxpool 2; flatten; dense 5", "global average pooling")]
    [InlineData(SaliencyMethod.Cam, "conv 4 3x3 relu; globalpool; dense 8 relu; dense 5", "GradCam")]
    [InlineData(SaliencyMethod.GuidedGradCam, "conv 4 3x3 tanh; flatten; dense 5", "rectifier")]
    [InlineData(SaliencyMethod.GradCam, "flatten; dense 5", "no layer")]
    public void A_method_that_the_network_cannot_do_says_why(SaliencyMethod method, string layers, string reason)
    {
        using var model = Small(layers);
        var error = Assert.Throws<CnnVizException>(() => SaliencyReader.Check(model, new SaliencyOptions { Method = [method] }));
        Assert.Equal("MethodUnsupported", error.ErrorId);
        Assert.Contains(reason, error.Message);
    }

    /// <summary>Behind layer4 of a ResNet all is linear, so what is lost without a map can be written down.</summary>
    [Fact]
    public void Ablation_of_resnet18_is_what_its_last_layers_say()
    {
        using var model = Formula("resnet18");
        var picture = Picture(model, 64);
        var map = Assert.Single(Read(model, [picture], new SaliencyOptions { Method = [SaliencyMethod.AblationCam], Target = ["3"] }));
        var activations = Assert.Single(FeatureReader.Read(model, [picture], new FeatureMapOptions { Layer = [map.Layer!], Preprocessing = PreprocessingMode.Raw })).Values;
        var weights = model.GetParameter("fc.weight").Slice(3).Data;
        var expected = new double[map.Values.Count];
        for (var channel = 0; channel < weights.Length; channel++)
        {
            var values = activations.Slice(channel).Data;
            var lost = weights[channel] * values.Average() / map.Score;
            for (var i = 0; i < expected.Length; i++)
                expected[i] += lost * values[i];
        }
        Assert.NotEqual(0, map.Values.Maximum);
        AssertClose(map.Values.Data, [.. expected.Select(value => (float)value)]);
    }

    /// <summary>Each map is set to 0 in its turn, and the whole network runs again; a shortcut passes the layer by.</summary>
    [Theory]
    [InlineData("layer3.2.conv1")]
    [InlineData("layer2.0.bn2")]
    public void Ablation_is_the_network_run_again_without_each_map(string layer)
    {
        using var model = Formula("resnet20_cifar");
        var picture = Picture(model, 32);
        var map = Assert.Single(Read(model, [picture], new SaliencyOptions { Method = [SaliencyMethod.AblationCam], Layer = [layer], Target = ["2"] }));
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var position = model.Network.Position(layer);
        var input = TensorTransfer.ToNative(picture).unsqueeze(0);
        var maps = TensorTransfer.ToManaged(model.Interpreter().Run(input, position)[0]).Slice(0);
        var expected = new double[map.Values.Count];
        for (var channel = 0; channel < maps.Shape[0]; channel++)
        {
            var without = new Interpreter(model.Network, model.Weights)
            {
                Substitute = node => node == model.Network.Nodes[position] ? new Silenced(node.Operation, channel) : null,
            };
            var lost = (map.Score - TensorTransfer.ToArray(without.Run(input))[2]) / map.Score;
            for (var i = 0; i < expected.Length; i++)
                expected[i] += lost * maps.Slice(channel).Data[i];
        }
        AssertClose(map.Values.Data, [.. expected.Select(value => (float)value)]);
    }

    [Fact]
    public void Each_picture_of_a_batch_and_each_target_gets_the_map_that_it_gets_alone()
    {
        using var model = Small("conv 6 3x3 relu; maxpool 2; conv 8 3x3 relu; globalpool; dense 5");
        CnnImage[] pictures = [Picture(model, 16, "one"), Picture(model, 16, "two"), Picture(model, 16, "three")];
        var options = new SaliencyOptions { Method = Family, Target = ["1", "4"], BatchSize = 3 };
        var together = Read(model, pictures, options);
        Assert.Equal(pictures.Length * 2 * Family.Length, together.Count);
        for (var i = 0; i < together.Count; i++)
        {
            var alone = Assert.Single(Read(model, [pictures[i / (2 * Family.Length)]], options with
            {
                Method = [together[i].Method],
                Target = [together[i].Target == 1 ? "1" : "4"],
                BatchSize = null,
            }));
            AssertClose(alone.Values.Data, together[i].Values.Data);
            Assert.Equal(alone.Layer, together[i].Layer);
        }
    }

    [Fact]
    public void Several_layers_give_the_mean_of_their_heatmaps_at_the_input_s_size()
    {
        using var model = Small("conv 6 3x3 relu; maxpool 2; conv 8 3x3 relu; flatten; dense 5");
        var picture = Picture(model, 16);
        foreach (var method in Family.Except([SaliencyMethod.Cam, SaliencyMethod.GuidedGradCam]))
        {
            var options = new SaliencyOptions { Method = [method], Layer = ["relu*"], Target = ["0"] };
            var mean = Assert.Single(Read(model, [picture], options));
            Assert.Equal("relu1, relu2", mean.Layer);
            Assert.Equal([1, 16, 16], mean.Shape);
            var first = Assert.Single(Read(model, [picture], options with { Layer = ["relu1"] }));
            var second = Assert.Single(Read(model, [picture], options with { Layer = ["relu2"] }));
            Assert.Equal([1, 14, 14], first.Shape);
            AssertClose(mean.Values.Data, [.. OnceScaled(first).Zip(OnceScaled(second), (one, other) => (one + other) / 2)]);
        }
    }

    [Fact]
    public void The_preset_of_thesis_004_is_the_mean_over_the_maps_without_rectifier()
    {
        using var model = Formula("vgg11");
        var picture = Picture(model, 64);
        var options = new SaliencyOptions { Method = [SaliencyMethod.GradCam], Target = ["3"], Layer = ["features.18"] };
        var plain = Assert.Single(Read(model, [picture], options));
        var thesis = Assert.Single(Read(model, [picture], options with { Preset = SaliencyPreset.Thesis004 }));
        AssertClose(thesis.Values.Data, [.. plain.Values.Data.Select(value => value / 512)]);
        Assert.True(thesis.Values.Minimum < 0);
        var heatmap = thesis.Heatmap();
        Assert.Equal(1, heatmap.Data.Count(value => value == heatmap.Minimum));
        Assert.True(plain.Heatmap().Data.Count(value => value == 0) > 1);
        Assert.Equal(SaliencyPreset.Thesis004, thesis.Options.Preset);
        var error = Assert.Throws<CnnVizException>(() => SaliencyReader.Check(model, new SaliencyOptions { Preset = SaliencyPreset.Thesis004 }));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
    }

    [Fact]
    public void The_largest_magnitude_of_a_principal_component_is_positive()
    {
        using var model = Small("conv 6 3x3 relu; conv 40 3x3; conv 5 1x1; globalpool");
        foreach (var layer in new[] { "relu1", "conv2" })
        {
            foreach (var name in new[] { "one", "two", "three" })
            {
                var values = Assert.Single(Read(model, [Picture(model, 8, name)], new SaliencyOptions { Method = [SaliencyMethod.EigenCam], Layer = [layer] })).Values;
                Assert.True(values.Maximum >= -values.Minimum);
                Assert.Equal(0, values.Data.Average(), 0.001);
            }
        }
    }

    internal static IReadOnlyList<SaliencyMap> Read(CnnModel model, IReadOnlyList<CnnImage> pictures, SaliencyOptions options) =>
        SaliencyReader.Read(model, pictures, options with { Preprocessing = PreprocessingMode.Raw });

    internal static CnnModel Small(string layers) => SequentialModel.Create(layers.Split("; "), [3, 16, 16], seed: 5);

    internal static CnnImage Picture(CnnModel model, int size, string name = "picture")
    {
        using var image = FormulaWeights.Image(name, [model.InputShape[0], size, size], "test");
        return new CnnImage(TensorTransfer.ToArray(image), model.InputShape[0], size, size);
    }

    private static CnnModel Formula(string architecture)
    {
        var network = Architectures.Find(architecture)!.Build();
        return new CnnModel(network, FormulaWeights.Of(network, "test"));
    }

    /// <summary>Rectified, from 0 to 1, and enlarged: a heatmap that is not stretched to 1 again after it was enlarged.</summary>
    private static float[] OnceScaled(SaliencyMap map)
    {
        var rectified = new CnnTensor(Array.ConvertAll(map.Values.Slice(0).Data, value => Math.Max(value, 0)), map.Shape[1..]);
        return ImageResize.Resize(SaliencyView.Scaled(rectified), 16, 16).Data;
    }

    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        var scale = Math.Sqrt(expected.Sum(value => (double)value * value));
        var error = Math.Sqrt(expected.Zip(found, (one, other) => Math.Pow(one - other, 2)).Sum());
        Assert.True(error <= 2e-4 * scale + 1e-7, $"Deviates by {error} of {scale}.");
    }

    private sealed record Silenced(Operation Inner, int Channel) : Operation
    {
        public override string Type => Inner.Type;

        public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Inner.OutputShape(inputs);

        public override Tensor Apply(OperationCall call)
        {
            var output = Inner.Apply(call);
            output.narrow(1, Channel, 1).fill_(0);
            return output;
        }
    }
}
