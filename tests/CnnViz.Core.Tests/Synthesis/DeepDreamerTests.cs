using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Synthesis.Dreaming;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>Dreams, with a small random network of colour pictures.</summary>
[Collection("alone")]
public sealed class DeepDreamerTests : IDisposable
{
    private static readonly string[] Layers = ["conv 8 3x3 same relu", "maxpool 2", "conv 16 3x3 same relu", "conv 16 3x3 same relu", "globalpool", "dense 4"];
    private readonly CnnModel _model = CnnModel.CreateRandom(SequentialNetwork.Build(Layers, [3, 32, 32]), 1, preprocessing: Preprocessing.ImageNet(32, 36));
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(DreamPreset.Google2015, 40)]
    [InlineData(DreamPreset.Thesis004, 20)]
    [InlineData(DreamPreset.Keras, 60)]
    public void A_dream_raises_the_activity_of_its_layer_and_keeps_the_picture_s_size(DreamPreset preset, int steps)
    {
        var picture = Picture(50, 70);
        var dream = Make(picture, new DreamOptions { Preset = preset });
        Assert.Equal(steps, dream.Steps);
        Assert.True(dream.IsComplete);
        Assert.Equal([3, 50, 70], dream.Image.Shape);
        Assert.All(dream.Image.Data, value => Assert.InRange(value, 0, 1));
        Assert.True(Activity(dream.Image, dream.Layer!) > 1.05 * Activity(picture, dream.Layer!));
        Assert.Equal("Invoke-DeepDream", dream.Recipe.Operation);
        Assert.True(dream.Image.IsNetworkInput);
        Assert.Equal(4, dream.Predictions.Count);
    }

    /// <summary>A step of Google's notebook, written out: g is the layer's activity led back, the step 1.5 of 255 over the mean of its magnitudes.</summary>
    [Fact]
    public void A_step_is_that_of_Google_s_notebook()
    {
        var picture = Picture(32, 40);
        var dream = Make(picture, new DreamOptions { Layer = ["conv2"], Octave = 1, Step = 1, Jitter = 0 });
        using var scope = NewDisposeScope();
        var pixels = TensorTransfer.ToNative(picture).unsqueeze(0).requires_grad_();
        var activity = _model.Interpreter().Run(_model.Preprocessing.Normalize(pixels), _model.Network.Position("conv2"))[0];
        var gradient = autograd.grad([(activity * activity.detach()).sum()], [pixels])[0];
        var expected = TensorTransfer.ToArray((pixels + gradient * (1.5 / 255 / gradient.abs().mean().item<float>())).clamp(0, 1));
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], dream.Image.Data[i], 1e-5);
    }

    /// <summary>A step of source 004, written out: plain descent of the normalised input, with weight decay.</summary>
    [Fact]
    public void A_step_is_that_of_the_thesis()
    {
        var picture = Picture(32, 32);
        var dream = Make(picture, new DreamOptions { Preset = DreamPreset.Thesis004, Layer = ["conv2"], Step = 1, StepSize = 0.1 });
        using var scope = NewDisposeScope();
        var input = _model.Preprocessing.Normalize(TensorTransfer.ToNative(picture).unsqueeze(0)).requires_grad_();
        var norm = _model.Interpreter().Run(input, _model.Network.Position("conv2"))[0].square().sum().sqrt();
        var moved = input + (autograd.grad([norm], [input])[0] - input * 1e-4) * 0.1;
        var expected = TensorTransfer.ToArray(_model.Preprocessing.Denormalize(moved).clamp(0, 1));
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], dream.Image.Data[i], 1e-5);
    }

    [Fact]
    public void Octaves_carry_nothing_but_detail()
    {
        // Steps of no length: what comes out is the picture, and not one that was made small and large again.
        var picture = Picture(60, 60);
        var dream = Make(picture, new DreamOptions { StepSize = 0, Octave = 4 });
        for (var i = 0; i < picture.Count; i++)
            Assert.Equal(picture.Data[i], dream.Image.Data[i], 1e-5);
    }

    [Fact]
    public void Chosen_channels_and_weights_decide_what_grows()
    {
        var picture = Picture(32, 32);
        var one = Make(picture, new DreamOptions { Layer = ["conv2"], Channel = [3], Octave = 1 });
        var other = Make(picture, new DreamOptions { Layer = ["conv2"], Channel = [4], Octave = 1 });
        Assert.True(Activity(one.Image, "conv2", 3) > Activity(other.Image, "conv2", 3));
        Assert.True(Activity(other.Image, "conv2", 4) > Activity(one.Image, "conv2", 4));
        Assert.Equal(3, one.Channel);
        var weighed = Make(picture, new DreamOptions { Layer = ["conv1", "conv2"], LayerWeight = [0, 1], Octave = 1 });
        Assert.Equal(Make(picture, new DreamOptions { Layer = ["conv2"], Octave = 1 }).Image.Data, weighed.Image.Data);
    }

    [Fact]
    public void A_guide_leads_each_position_to_what_suits_it_best()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var (maps, guide) = (randn([2, 6, 5, 7], generator: generator).requires_grad_(), randn([6, 3, 4], generator: generator));
        var objective = new GuideObjective("layer", TensorTransfer.ToManaged(guide));
        var value = objective.Sum(maps, 0);
        var gradient = autograd.grad([value.sum()], [maps])[0];
        // Google's formula: the products of all positions with all of the guide's, and the guide's vector where the product is largest.
        var products = maps.detach().flatten(2).transpose(1, 2).matmul(guide.flatten(1));
        var expected = guide.flatten(1).transpose(0, 1).index_select(0, products.argmax(2).flatten()).view(2, 35, 6).transpose(1, 2).reshape(2, 6, 5, 7);
        Assert.Equal(TensorTransfer.ToArray(expected), TensorTransfer.ToArray(gradient));
        Assert.Equal(TensorTransfer.ToArray(products.amax(2).sum([1]))[0], TensorTransfer.ToArray(value)[0], 1e-3);
        // In parts it is the same.
        var parts = objective.Sum(maps.narrow(2, 0, 2), 0) + objective.Sum(maps.narrow(2, 2, 3), 2);
        Assert.Equal(TensorTransfer.ToArray(value)[1], TensorTransfer.ToArray(parts)[1], 1e-3);
    }

    [Fact]
    public void A_guided_dream_goes_where_the_guide_is()
    {
        var picture = Picture(40, 40);
        var plain = Make(picture, new DreamOptions { Layer = ["conv2"] });
        var guided = Make(picture, new DreamOptions { Layer = ["conv2"], Guide = Picture(64, 48, phase: 2) });
        Assert.NotEqual(plain.Image.Data, guided.Image.Data);
        Assert.True(guided.History[^1] > guided.History[30]);
        var refused = Assert.Throws<CnnVizException>(() => DeepDreamer.Check(_model, new DreamOptions { Layer = ["conv2"], Guide = picture, Channel = [1] }));
        Assert.Equal("ArgumentInvalid", refused.ErrorId);
    }

    [Fact]
    public void A_limit_of_the_objective_ends_an_octave()
    {
        var options = new DreamOptions { Preset = DreamPreset.Keras, Layer = ["conv2"] };
        var whole = Make(Picture(40, 40), options);
        var limit = (whole.History[0] + whole.History[19]) / 2;
        var ended = Make(Picture(40, 40), options with { ScoreLimit = limit });
        Assert.True(ended.IsComplete);
        Assert.InRange(ended.Steps, 3, 59);
        Assert.Equal(3, ended.History.Count(score => score > limit));
    }

    [Fact]
    public void Grey_and_colour_become_what_the_network_takes_and_a_size_keeps_the_shape()
    {
        var grey = new CnnImage(Picture(40, 60).Data[..2400], 1, 40, 60);
        Assert.Equal([3, 40, 60], Make(grey, new DreamOptions { Step = 1 }).Image.Shape);
        Assert.Equal([3, 64, 96], Make(grey, new DreamOptions { Step = 1, Size = 96 }).Image.Shape);
        using var lenet = CnnModel.CreateRandom(Architectures.Find("lenet5")!.Build(), 1);
        var dream = DeepDreamer.Make(lenet, Picture(40, 60), new DreamOptions { Step = 1 }, new RunOptions()).Images[0];
        Assert.Equal([1, 40, 60], dream.Image.Shape);
        Assert.False(dream.Image.IsNetworkInput);
    }

    [Fact]
    public void Octaves_that_do_not_reach_the_layer_are_said_with_what_would()
    {
        var error = Assert.Throws<CnnVizException>(() => Make(Picture(12, 12), new DreamOptions { Octave = 10 }));
        Assert.Equal("OctaveTooSmall", error.ErrorId);
        Assert.Contains("of 12×12 pixels is too small: of 10 octaves of scale 1.4 one has 1×1 pixels", error.Message, StringComparison.Ordinal);
        Assert.Contains("takes 2×2", error.Message, StringComparison.Ordinal);
        // A dense layer takes one size.
        using var lenet = CnnModel.CreateRandom(Architectures.Find("lenet5")!.Build(), 1);
        var dense = Assert.Throws<CnnVizException>(() => DeepDreamer.Make(lenet, Picture(40, 60), new DreamOptions { Layer = ["fc2"], Octave = 1 }, new RunOptions()));
        Assert.Equal("OctaveTooSmall", dense.ErrorId);
        Assert.Contains("takes 28×28", dense.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(1, 13)]
    [InlineData(3, 13)]
    [InlineData(3, 25)]
    [InlineData(3, 30)]
    public void A_dream_that_was_interrupted_and_resumed_has_the_same_bits(int zoom, int interruption)
    {
        var options = new DreamOptions { Step = 6, Octave = 2, CheckpointInterval = 1, Seed = 3 };
        if (zoom > 1)
            options = options with { Zoom = zoom, ZoomFactor = 1.2, ZoomAngle = 5 };
        var picture = Picture(40, 52);
        var whole = Make(picture, options);
        Assert.Equal(12 * zoom, whole.Steps);
        Assert.Equal(whole.Image.Data, Make(picture, options).Image.Data);

        var path = Path.Join(_folder.Path, "dream.checkpoint");
        using var ended = new CancellationTokenSource();
        var steps = 0;
        var first = DeepDreamer.Make(_model, picture, options, new RunOptions { CheckpointPath = path, Cancellation = ended.Token, Frame = _ => { if (++steps == interruption) ended.Cancel(); } });
        Assert.Equal(Math.Min(interruption, whole.Steps), first.Images[0].Steps);
        var second = DeepDreamer.Make(_model, picture, options, new RunOptions { CheckpointPath = path, Resume = true });
        Assert.Equal(whole.Image.Data, second.Images[0].Image.Data);
        Assert.Equal(whole.History, second.Images[0].History);

        foreach (var (other, settings) in new[] { (Picture(40, 52, phase: 1), options), (picture, options with { Seed = 4 }), (picture, options with { Layer = ["conv1"] }), (picture, options with { Zoom = 3, ZoomFactor = 1.3 }), (picture, options with { Zoom = 3, ZoomAngle = 6 }) })
        {
            var error = Assert.Throws<CnnVizException>(() => DeepDreamer.Make(_model, other, settings, new RunOptions { CheckpointPath = path, Resume = true }));
            Assert.Equal("CheckpointMismatch", error.ErrorId);
        }
    }

    [Fact]
    public void A_journey_begins_each_frame_with_the_one_before_enlarged()
    {
        // Without steps, what is left is the enlargement: twice by 2 in the middle of a ramp is a fourth of its slope.
        var ramp = new CnnImage([.. Enumerable.Range(0, 3 * 64 * 64).Select(i => i % 64 / 63f)], 3, 64, 64);
        var frames = new List<CnnImage>();
        var options = new DreamOptions { StepSize = 0, Step = 1, Octave = 2, Zoom = 3, ZoomFactor = 2 };
        DeepDreamer.Make(_model, ramp, options, new RunOptions { Frame = frames.Add, FrameInterval = DeepDreamer.StepsOfFrame(options) });
        Assert.Equal(3, frames.Count);
        for (var frame = 0; frame < 3; frame++)
            Assert.Equal(Math.Pow(0.5, frame) / 63, (frames[frame].Data[64 * 32 + 48] - frames[frame].Data[64 * 32 + 16]) / 32, 2e-4);
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_named()
    {
        foreach (var options in new DreamOptions[] { new() { Step = 0 }, new() { Octave = 0 }, new() { OctaveScale = 0.5 }, new() { Octave = 1, OctaveScale = 1.5 }, new() { ZoomFactor = 1.5 }, new() { ZoomAngle = 5 }, new() { StepSize = double.NaN }, new() { CheckpointInterval = 0 }, new() { Jitter = -1 } })
            Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => DeepDreamer.Check(_model, options)).ErrorId);
    }

    [Fact]
    public void Pixels_of_a_network_that_takes_blue_first_are_red_first()
    {
        var caffe = Preprocessing.ImageNet().ToCaffe();
        using var pixels = TorchSharp.torch.tensor([0.1f, 0.4f, 0.9f], [1, 3, 1, 1]);
        using var back = caffe.Denormalize(caffe.Normalize(pixels));
        foreach (var (one, other) in TensorTransfer.ToArray(pixels).Zip(TensorTransfer.ToArray(back)))
            Assert.Equal(one, other, 1e-5f);
    }

    [Fact]
    public void A_step_that_leads_to_no_number_keeps_the_picture_before()
    {
        var outcome = DeepDreamer.Make(_model, Picture(40, 40), new DreamOptions { Preset = DreamPreset.Thesis004, StepSize = 1e38, Step = 5 }, new RunOptions());
        Assert.Equal("SynthesisDiverged", outcome.Failure?.ErrorId);
        Assert.False(outcome.IsComplete);
        Assert.All(outcome.Images[0].Image.Data, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Dreams_leave_no_tensor_behind()
    {
        _model.Answering();
        using var outer = NewDisposeScope();
        var before = Alone.CountTensors();
        Make(Picture(40, 40), new DreamOptions { Step = 2, Zoom = 2, Guide = Picture(48, 40) });
        Make(Picture(40, 40), new DreamOptions { Step = 2, Preset = DreamPreset.Thesis004, Octave = 2 });
        Assert.Equal(before, Tensor.TotalCount);
    }

    private SynthesizedImage Make(CnnImage picture, DreamOptions options) => DeepDreamer.Make(_model, picture, options, new RunOptions()).Images[0];

    private double Activity(CnnImage picture, string layer, int? channel = null)
    {
        using var scope = NewDisposeScope();
        var maps = _model.Interpreter().Run(_model.Preprocessing.Normalize(TensorTransfer.ToNative(picture).unsqueeze(0)), _model.Network.Position(layer))[0].detach();
        return (channel is { } one ? maps.select(1, one) : maps).square().sum().item<float>();
    }

    /// <summary>Waves and rings of colours.</summary>
    private static CnnImage Picture(int height, int width, double phase = 0) => new(
        [
            .. from channel in Enumerable.Range(0, 3)
               from row in Enumerable.Range(0, height)
               from column in Enumerable.Range(0, width)
               select (float)(0.5 + 0.2 * Math.Sin(phase + channel + row * 0.3) + 0.2 * Math.Cos(phase + Math.Sqrt(row * row + column * column) * 0.4)),
        ],
        3, height, width);
}
