using CnnViz.Imaging;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Reading;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Maximization;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>Pictures that drive classes, layers, channels and neurons as far as they can.</summary>
[Collection(Alone.Name)]
public sealed class ClassMaximizerTests
{
    public static TheoryData<MaximizationPreset> Presets => new(Enum.GetValues<MaximizationPreset>());

    public static TheoryData<MaximizationPreset, int> Interruptions
    {
        get
        {
            var cases = new TheoryData<MaximizationPreset, int>();
            foreach (var preset in Enum.GetValues<MaximizationPreset>())
            {
                foreach (var step in (int[])[1, 3, 4, 6, 7])
                    cases.Add(preset, step);
            }
            return cases;
        }
    }

    [Fact]
    public void Every_digit_is_seen_for_sure_in_the_file_that_is_saved()
    {
        using var folder = new TemporaryFolder();
        using var model = Digits();
        var images = Make(model, new MaximizationOptions { Class = ["*"] }).Images;
        Assert.Equal(Enumerable.Range(0, 10), images.Select(image => image.Class!.Value));
        Assert.All(images, image => Assert.True(image.Probability >= 0.96, $"{image.Title}: {image.Probability}"));
        foreach (var image in images)
        {
            var path = folder[$"{image.Title}.png"];
            ImageExport.Save(image.Image, path);
            var seen = Predictor.Predict(model, [ImageSource.FromPath(path).Read()], new PredictionOptions { Top = 1 })[0][0];
            Assert.Equal((image.Predictions[0].Class, image.Predictions[0].Probability), (seen.Class, seen.Probability));
            Assert.Equal(image.Class, seen.Class);
        }
    }

    [Fact]
    public void Patterns_are_seen_for_sure_at_the_size_they_were_made_at()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelSource.Parse("patternnet").Open();
        // The three that are hardest to tell from others, and one that is larger than what the network was trained with.
        var images = Make(model, new MaximizationOptions { Class = ["stripes", "rays", "rings"] }).Images
            .Append(Make(model, new MaximizationOptions { Class = ["faces"], Size = 96 }).Images[0]);
        Assert.All(images, image =>
        {
            Assert.True(image.Probability >= 0.96, $"{image.Title}: {image.Probability}");
            var path = folder[$"{image.Title}.png"];
            ImageExport.Save(image.Image, path);
            var seen = Predictor.Predict(model, [ImageSource.FromPath(path).Read()], new PredictionOptions { Top = 1 })[0][0];
            Assert.Equal((image.Class, image.Probability), (seen.Class, seen.Probability));
        });
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_raises_what_it_is_asked_for(MaximizationPreset preset)
    {
        using var model = Digits();
        var digit = Assert.Single(Make(model, new MaximizationOptions { Preset = preset, Class = ["3"], Step = 30 }).Images);
        var channel = Assert.Single(Make(model, new MaximizationOptions { Preset = preset, Layer = ["conv2"], Channel = ["5"], Step = 30 }).Images);
        Assert.All([digit, channel], image =>
        {
            Assert.True(image.IsComplete);
            Assert.True(image.Score > image.History[0], $"{image.Title}: {image.History[0]} to {image.Score}");
            Assert.All(image.Image.Data, value => Assert.InRange(value, 0, 1));
        });
        Assert.Equal(("conv2", 5, (int?)null), (channel.Layer, channel.Channel, channel.Class));
        Assert.Equal("3", digit.Title);
        Assert.True(digit.Image.IsNetworkInput);
        Assert.Equal(preset.ToString(), digit.Recipe.Parameters["Preset"]);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_channel_in_a_batch_becomes_what_it_becomes_alone(MaximizationPreset preset)
    {
        using var model = Colored();
        var options = new MaximizationOptions { Preset = preset, Layer = ["conv2"], Channel = ["0..4"], Step = 3, Octave = 2 };
        var together = Make(model, options).Images;
        var inBatches = Make(model, options with { BatchSize = 2 }).Images;
        var alone = Make(model, options with { Channel = ["3"] }).Images[0];
        Assert.Equal([0, 1, 2, 3, 4], inBatches.Select(image => image.Channel!.Value));
        AssertClose(alone.Image, together[3].Image);
        AssertClose(alone.Image, inBatches[3].Image);
        Assert.Equal(alone.Score, together[3].Score, 1e-3);
        Assert.Equal(6, inBatches[4].History.Count);
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public void A_run_that_was_interrupted_and_resumed_ends_with_the_same_bits(MaximizationPreset preset, int interruption)
    {
        using var folder = new TemporaryFolder();
        using var model = Colored();
        // Two batches of two octaves with two steps each.
        var options = new MaximizationOptions { Preset = preset, Layer = ["conv2"], Channel = ["0..2"], BatchSize = 2, Step = 2, Octave = 2, CheckpointInterval = 1, Seed = 4 };
        var whole = Make(model, options).Images;

        using var ended = new CancellationTokenSource();
        var steps = 0;
        var run = new RunOptions { CheckpointPath = folder["run"], Resume = true };
        var first = ClassMaximizer.Make(model, options, run with { Cancellation = ended.Token, Frame = _ => { if (++steps == interruption) ended.Cancel(); } });
        Assert.False(first.IsComplete);
        Assert.Equal(interruption < 5 ? 2 : 3, first.Images.Count);
        var second = ClassMaximizer.Make(model, options, run).Images;
        for (var i = 0; i < whole.Count; i++)
        {
            Assert.Equal(whole[i].Image.Data, second[i].Image.Data);
            Assert.Equal(whole[i].History, second[i].History);
        }
        Assert.Equal(whole[2].Image.Data, Make(model, options).Images[2].Image.Data);
        Assert.NotEqual(whole[2].Image.Data, Make(model, options with { Seed = 5 }).Images[2].Image.Data);

        var other = Assert.Throws<CnnVizException>(() => ClassMaximizer.Make(model, options with { WeightDecay = 0.5 }, run));
        Assert.Equal("CheckpointMismatch", other.ErrorId);
        Assert.Contains("WeightDecay", other.Message, StringComparison.Ordinal);
        using var stranger = Colored(seed: 2);
        Assert.Equal("CheckpointMismatch", Assert.Throws<CnnVizException>(() => ClassMaximizer.Make(stranger, options, run)).ErrorId);
    }

    [Fact]
    public void A_limit_of_memory_makes_batches_smaller()
    {
        using var model = ModelSource.Parse("patternnet").Open();
        var options = new MaximizationOptions { Layer = ["conv3_2"], Channel = ["0..5"], Size = 128, Step = 1 };
        var (free, limited) = (Make(model, options).Images, Make(model, options with { MemoryLimit = 640L << 20 }).Images);
        Assert.Equal(6, free[0].Recipe.BatchSize);
        Assert.InRange(limited[0].Recipe.BatchSize!.Value, 1, 5);
        Assert.Equal(6, limited.Count);
        Assert.Equal(free[5].Score, limited[5].Score, 1e-3 * Math.Abs(free[5].Score));
    }

    [Fact]
    public void Layers_channels_and_neurons_are_what_is_named()
    {
        using var model = Colored();
        Assert.Equal(["conv1", "conv2"], Titles(new MaximizationOptions { Layer = ["conv*"] }));
        Assert.Equal(["conv1 3", "conv1 2", "conv1 0"], Titles(new MaximizationOptions { Layer = ["conv1"], Channel = ["3..2", "0"] }));
        Assert.Equal(4, Titles(new MaximizationOptions { Layer = ["conv1"], Channel = ["*"] }).Length);
        Assert.Equal(["conv2 neuron 5,31,0"], Titles(new MaximizationOptions { Layer = ["conv2"], Neuron = [5, 31, 0] }));
        var dense = model.Network.Nodes[^1].Name;
        Assert.Equal([$"{dense} neuron 2"], Titles(new MaximizationOptions { Layer = [dense], Neuron = [2] }));
        // A neuron changes what it sees of the picture, and nothing else.
        var corner = Make(model, new MaximizationOptions { Layer = ["conv2"], Neuron = [1, 0, 0], Parameterization = PictureSpace.Pixel, Jitter = 0, Step = 3 }).Images[0];
        var start = Make(model, new MaximizationOptions { Layer = ["conv2"], Neuron = [1, 20, 20], Parameterization = PictureSpace.Pixel, Jitter = 0, Step = 3 }).Images[0];
        var changed = corner.Image.Data.Zip(start.Image.Data, (one, other) => one != other).ToArray();
        Assert.All(Enumerable.Range(0, changed.Length).Where(i => changed[i]), i => Assert.True(i / 32 % 32 is < 3 or (> 17 and < 23) && i % 32 is < 3 or (> 17 and < 23)));

        string[] Titles(MaximizationOptions options) => [.. Make(model, options with { Step = 1 }).Images.Select(image => image.Title)];
    }

    [Fact]
    public void A_channel_that_nothing_drives_is_told()
    {
        using var model = ModelSource.Parse("patternnet").Open();
        var outcome = Make(model, new MaximizationOptions { Layer = ["relu3_2"], Channel = ["0..7"], Step = 2, Size = 32 });
        var silent = outcome.Images.Where(image => image.History.All(score => score == 0)).ToArray();
        Assert.NotEmpty(silent);
        Assert.Equal(silent.Select(image => $"'{image.Title}'"), outcome.Warnings.Select(warning => warning.Split(" did")[0]));
        Assert.Empty(Make(model, new MaximizationOptions { Layer = ["conv3_2"], Channel = ["0..7"], Step = 2, Size = 32 }).Warnings);
    }

    [Fact]
    public void Nothing_behind_the_layer_is_asked_whether_the_size_suits_it()
    {
        using var model = Digits();
        var image = Make(model, new MaximizationOptions { Layer = ["conv1"], Channel = ["2"], Size = new PictureSize(64, 48), Step = 2, Preset = MaximizationPreset.Thesis000 }).Images[0];
        Assert.Equal([1, 48, 64], image.Image.Shape);
        Assert.False(image.Image.IsNetworkInput);
        Assert.Equal(5, image.Predictions.Count);
    }

    [Fact]
    public void A_picture_to_start_from_is_where_it_starts()
    {
        using var model = Digits();
        var start = new CnnImage([.. Enumerable.Repeat(0.25f, 56 * 28)], 1, 56, 28);
        var options = new MaximizationOptions { Class = ["3"], InitialImage = start, Step = 1, StepSize = 1e-6 };
        Assert.All(Make(model, options).Images[0].Image.Data, value => Assert.Equal(0.25f, value, 1e-4));
        var raw = Make(model, options with { Raw = true, InitialImage = new CnnImage([.. Enumerable.Repeat(7f, 28 * 28)], 1, 28, 28) }).Images[0];
        Assert.All(raw.Image.Data, value => Assert.Equal(7f, value, 1e-4));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("l2 0.001")]
    [InlineData("l6 0.5")]
    [InlineData("linf 1")]
    [InlineData("tv 0.01")]
    [InlineData("decay 0.05")]
    [InlineData("blur 1 every 2")]
    [InlineData("gradientblur 1")]
    [InlineData("laplacian 2")]
    [InlineData("unitnorm Deviation")]
    public void Regularization_is_a_word_with_numbers(string word)
    {
        using var model = Digits();
        var options = new MaximizationOptions { Class = ["3"], Parameterization = PictureSpace.Pixel, Step = 6 };
        var plain = Make(model, options).Images[0];
        var regular = Make(model, options with { Regularization = [word] }).Images[0];
        Assert.Equal(word == "none", plain.Image.Data.SequenceEqual(regular.Image.Data));
        Assert.Equal(word, regular.Recipe.Parameters["Regularization"]);
    }

    public static TheoryData<MaximizationOptions, string, string> Mistakes => new()
    {
        { new() { Class = ["10"] }, "IndexOutOfRange", "there are 10" },
        { new() { Class = ["dog"] }, "ClassUnknown", "dog" },
        { new() { Class = ["Top1"] }, "ArgumentInvalid", "yet to be made" },
        { new(), "ArgumentInvalid", "either classes or a -Layer" },
        { new() { Class = ["1"], Layer = ["conv1"] }, "ArgumentInvalid", "one of the two" },
        { new() { Class = ["1"], Channel = ["1"] }, "ArgumentInvalid", "the layer that" },
        { new() { Layer = ["conv9"] }, "LayerNotFound", "conv1" },
        { new() { Layer = ["conv1"], Channel = ["6"] }, "IndexOutOfRange", "there are 6" },
        { new() { Layer = ["conv1"], Channel = ["0..6"] }, "IndexOutOfRange", "there are 6" },
        { new() { Layer = ["conv1"], Channel = ["red"] }, "ArgumentInvalid", "0..15" },
        { new() { Layer = ["conv1"], Neuron = [1, 28, 0] }, "IndexOutOfRange", "Row 28 of layer 'conv1'" },
        { new() { Layer = ["conv1"], Neuron = [1, 2] }, "ArgumentInvalid", "channel,row,column" },
        { new() { Class = ["1"], Size = 56 }, "ArgumentInvalid", "28x28" },
        { new() { Class = ["1"], Octave = 3 }, "ArgumentInvalid", "at least 28 pixels" },
        { new() { Layer = ["conv2"], Size = 8 }, "ArgumentInvalid", "or more" },
        { new() { Class = ["1"], Regularization = ["softly 3"] }, "ArgumentInvalid", "laplacian <levels>" },
        { new() { Class = ["1"], Regularization = ["blur 1 every 4"], Parameterization = PictureSpace.Fourier }, "ArgumentInvalid", "a spectrum" },
        { new() { Class = ["1"], Raw = true, Parameterization = PictureSpace.Fourier }, "ArgumentInvalid", "no spectrum" },
        { new() { Class = ["1"], StepSize = double.NaN }, "ArgumentInvalid", "more than 0" },
        { new() { Class = ["1"], Step = 0 }, "ArgumentInvalid", "1 or more" },
        { new() { Class = ["1"], Momentum = 0.9 }, "ArgumentInvalid", "Adam has none" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_are_named_before_anything_is_computed(MaximizationOptions options, string errorId, string words)
    {
        using var model = Digits();
        var error = Assert.Throws<CnnVizException>(() => ClassMaximizer.Check(model, options));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MaximizationPreset.Thesis004, 1e38)]
    [InlineData(MaximizationPreset.Lucid, 1e37)]
    public void Steps_that_lead_to_no_number_keep_the_pictures_before(MaximizationPreset preset, double stepSize)
    {
        using var model = Digits();
        var outcome = Make(model, new MaximizationOptions { Class = ["1", "2"], Preset = preset, StepSize = stepSize });
        Assert.Equal("SynthesisDiverged", outcome.Failure?.ErrorId);
        Assert.Equal(2, outcome.Images.Count);
        Assert.All(outcome.Images, image =>
        {
            Assert.False(image.IsComplete);
            Assert.All(image.Image.Data, value => Assert.InRange(value, 0, 1));
            Assert.NotNull(image.Probability);
        });
    }

    [Fact]
    public void A_place_of_a_layer_is_one_of_the_picture_that_is_made()
    {
        // Lucid's pictures have sides of 128, twice those that the network was trained with.
        using var model = CnnModel.CreateRandom(Architectures.Find("vgg9")!.Build(), 1);
        var options = new MaximizationOptions { Layer = [model.Network.Nodes[1].Name], Neuron = [0, 100, 127], Preset = MaximizationPreset.Lucid };
        ClassMaximizer.Check(model, options);
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => ClassMaximizer.Check(model, options with { Neuron = [0, 100, 128] })).ErrorId);
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => ClassMaximizer.Check(model, options with { Preset = MaximizationPreset.None })).ErrorId);
    }

    [Fact]
    public void A_stepper_of_what_the_model_lacks_frees_its_pictures()
    {
        using var model = Digits();
        var before = Alone.CountTensors();
        Assert.Throws<CnnVizException>(() => new ImageStepper("nothing", model, new PixelParameterization(new CnnTensor(new float[28 * 28], [1, 1, 28, 28])), new SynthesisPlan
        {
            Objective = new ChannelObjective("nowhere", 0),
            Octaves = [new Octave(28, 28, 1)],
            StepSize = 1,
            Optimizer = values => new Adam(values),
        }));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void No_tensor_is_left(MaximizationPreset preset)
    {
        using var model = Colored();
        var options = new MaximizationOptions { Preset = preset, Class = ["0", "1", "2"], BatchSize = 2, Step = 2, Octave = 2 };
        // The first time, the model makes what it answers with.
        Make(model, options);
        var before = Alone.CountTensors();
        Make(model, options);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static SynthesisOutcome Make(CnnModel model, MaximizationOptions options) => ClassMaximizer.Make(model, options, new RunOptions());

    private static CnnModel Digits() => ModelSource.Parse("lenet5-digits").Open();

    /// <summary>A network that takes colour pictures of any size.</summary>
    private static CnnModel Colored(long seed = 1) =>
        SequentialModel.Create(["conv 4 3x3 same relu", "conv 6 3x3 same relu", "globalpool", "flatten", "dense 3"], [3, 32, 32], seed: seed);

    private static void AssertClose(CnnImage expected, CnnImage found)
    {
        Assert.Equal(expected.Shape, found.Shape);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected.Data[i], found.Data[i], 1e-3);
    }
}
