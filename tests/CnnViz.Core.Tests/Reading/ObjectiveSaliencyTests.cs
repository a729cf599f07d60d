using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Networks.Sequential;
using CnnViz.Objectives;
using CnnViz.Reading;

namespace CnnViz.Tests.Reading;

/// <summary>Maps of what drives a channel, a direction or a sum, rather than a class.</summary>
public sealed class ObjectiveSaliencyTests : IDisposable
{
    private readonly CnnModel _model = SequentialModel.Create(
        ["conv 8 3x3 same relu", "conv 8 3x3 same relu", "maxpool 2", "conv 8 3x3 same relu", "globalpool", "dense 4"], [3, 16, 16], seed: 3);

    public static TheoryData<SaliencyMethod> Methods => new(Enum.GetValues<SaliencyMethod>().Where(method => method != SaliencyMethod.Cam));

    public static TheoryData<SaliencyMethod> AllMethods => new(Enum.GetValues<SaliencyMethod>());

    [Theory]
    [MemberData(nameof(AllMethods))]
    public void A_class_that_is_asked_for_as_an_objective_has_the_map_of_that_class(SaliencyMethod method)
    {
        var options = Options(method);
        var byClass = Read(options with { Target = ["2"] }, Noise(1))[0];
        var byObjective = Read(options with { Objective = [new ClassObjective(2)] }, Noise(1))[0];
        Assert.Equal(byClass.Values.Data, byObjective.Values.Data);
        Assert.Equal((byClass.Target, byClass.Label, byClass.Score, byClass.Probability), (byObjective.Target, byObjective.Label, byObjective.Score, byObjective.Probability));
        Assert.Null(byObjective.Objective);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_says_what_drives_a_channel_whatever_is_computed_together(SaliencyMethod method)
    {
        var options = Options(method) with { Objective = [Parse("channel conv3 5"), Parse("norm relu3 - 0.1 * tv"), Parse("direction conv3 1,-1,0,2,0,0,0.5,1")] };
        var together = Read(options, Noise(1), Noise(2));
        Assert.Equal(6, together.Count);
        Assert.Equal(["channel conv3 5", "norm relu3 - 0.1 * tv", "direction conv3"], together.Take(3).Select(map => map.Label));
        var alone = Read(options with { Objective = [options.Objective[0]] }, Noise(2))[0];
        AssertClose(alone.Values.Data, together[3].Values.Data);
        Assert.Equal(alone.Score, together[3].Score, 1e-5);
        Assert.All(together, map =>
        {
            Assert.Null(map.Target);
            Assert.Null(map.Probability);
            Assert.NotEqual(map.Values.Minimum, map.Values.Maximum);
            Assert.Contains(map.Objective!.ToString(), map.Recipe.Parameters["Objective"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Shares_of_a_channel_add_up()
    {
        foreach (var method in new[] { SaliencyMethod.IntegratedGradients, SaliencyMethod.DeepLift })
        {
            var map = Read(Options(method) with { PoolingRule = PoolingRule.Rescale, Step = 200, Objective = [Parse("channel conv3 5 + 0.5 * neuron conv2 3")] }, Noise(1))[0];
            Assert.InRange(Math.Abs(map.Delta!.Value), 0, 2e-4);
            Assert.NotInRange(map.Values.Data.Sum(Math.Abs), 0, 1e-3);
        }
    }

    [Fact]
    public void What_drives_the_picture_s_own_norm_is_the_picture()
    {
        var image = Noise(1);
        var map = Read(Options(SaliencyMethod.Gradient) with { Objective = [Parse("imagenorm 2 around 0.5")] }, image)[0];
        AssertClose(Array.ConvertAll(image.Data, value => 2 * (value - 0.5f)), map.Values.Data);
        Assert.Equal(image.Data.Sum(value => Math.Pow(value - 0.5, 2)), map.Score, 1e-3);
    }

    [Theory]
    [InlineData(SaliencyMethod.Gradient)]
    [InlineData(SaliencyMethod.SmoothGrad)]
    [InlineData(SaliencyMethod.DeepLift)]
    [InlineData(SaliencyMethod.Occlusion)]
    [InlineData(SaliencyMethod.GradCam)]
    [InlineData(SaliencyMethod.AblationCam)]
    public void Nothing_behind_what_is_asked_about_is_computed(SaliencyMethod method)
    {
        var counter = new Counted();
        using var model = CnnModel.CreateRandom(
            new NetworkBuilder().Add("conv1", new Convolution(3, 8, 3)).Add("relu", new Activation(ActivationFunction.Relu)).Add("conv2", new Convolution(8, 8, 3))
                .Add("late", counter).Add("pool", new AdaptiveAveragePooling(1)).Add("flatten", new Flatten()).Add("fc", new Dense(8, 2)).Build("test", [3, 16, 16]),
            seed: 1);
        var options = Options(method);
        SaliencyReader.Read(model, [Noise(1)], options with { Objective = [new ChannelObjective("conv2", 3)] });
        Assert.Equal(0, counter.Count);
        SaliencyReader.Read(model, [Noise(1)], options);
        Assert.NotEqual(0, counter.Count);
    }

    [Fact]
    public void A_network_that_ends_in_maps_can_be_asked_about_them()
    {
        using var model = SequentialModel.Create(["conv 4 3x3 same relu", "conv 2 3x3 same"], [1, 12, 12]);
        Assert.Equal("ModelWithoutClasses", Assert.Throws<CnnVizException>(() => SaliencyReader.Check(model, new SaliencyOptions())).ErrorId);
        var map = SaliencyReader.Read(model, [Noise(1, 1, 12)], new SaliencyOptions { Objective = [new NeuronObjective("conv2", 1, 6, 6)] })[0];
        // A value sees five pixels each way, and nothing beyond.
        for (var i = 0; i < 144; i++)
            Assert.True(Math.Max(Math.Abs(i / 12 - 6), Math.Abs(i % 12 - 6)) <= 2 || map.Values.Data[i] == 0);
        Assert.NotEqual(map.Values.Minimum, map.Values.Maximum);
    }

    [Fact]
    public void The_layer_of_a_class_activation_map_lies_in_front_of_what_is_asked_about()
    {
        var map = Read(Options(SaliencyMethod.GradCam) with { Objective = [Parse("channel conv3 5")] }, Noise(1))[0];
        Assert.Equal("relu2", map.Layer);
        Assert.EndsWith("before 'conv3'", map.LayerReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SaliencyMethod.GradCam, "channel conv1 5", "conv3", "'conv1', which is asked about")]
    [InlineData(SaliencyMethod.GradCam, "channel conv1 5", null, "no layer in front of 'conv1'")]
    [InlineData(SaliencyMethod.AblationCam, "tv", null, "at the picture and at no layer")]
    [InlineData(SaliencyMethod.Cam, "channel conv1 5", null, "weights of a class")]
    [InlineData(SaliencyMethod.Gradient, "diversity conv1", null, "of one picture")]
    public void What_a_method_cannot_answer_is_said_with_the_reason(SaliencyMethod method, string objective, string? layer, string said)
    {
        var options = Options(method) with { Objective = [Parse(objective)], Layer = layer is null ? [] : [layer] };
        var error = Assert.Throws<CnnVizException>(() => SaliencyReader.Check(_model, options));
        Assert.Equal("MethodUnsupported", error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objectives_from_code_are_checked_too()
    {
        var options = new SaliencyOptions { Objective = [new ChannelObjective("conv1", 8)] };
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => SaliencyReader.Check(_model, options)).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => SaliencyReader.Check(_model, options with { Objective = [Parse("tv")], Target = ["1"] })).ErrorId);
    }

    [Fact]
    public void Faithfulness_is_measured_of_classes()
    {
        var map = Read(Options(SaliencyMethod.Gradient) with { Objective = [Parse("channel conv3 5")] }, Noise(1))[0];
        Assert.Equal("MapWithoutClass", Assert.Throws<CnnVizException>(() => SaliencyMeter.Measure(map)).ErrorId);
    }

    public void Dispose() => _model.Dispose();

    private static SaliencyOptions Options(SaliencyMethod method) => new() { Method = [method], Step = 10, SampleCount = 4, MaskCount = 20, MaskSize = 3 };

    private static CnnImage Noise(int seed, int channels = 3, int size = 16)
    {
        var random = new Random(seed);
        return new CnnImage([.. Enumerable.Range(0, channels * size * size).Select(_ => random.NextSingle())], channels, size, size);
    }

    private static void AssertClose(float[] expected, float[] found)
    {
        var tolerance = 1e-4 * Math.Max(1e-3, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }

    private Objective Parse(string text) => Objective.Parse(text, _model);

    private IReadOnlyList<SaliencyMap> Read(SaliencyOptions options, params CnnImage[] images) => SaliencyReader.Read(_model, images, options);

    private sealed record Counted : Operation
    {
        public int Count { get; private set; }

        public override string Type => nameof(Counted);

        public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0];

        public override TorchSharp.torch.Tensor Apply(OperationCall call)
        {
            Count++;
            return call.Input.alias();
        }
    }
}
