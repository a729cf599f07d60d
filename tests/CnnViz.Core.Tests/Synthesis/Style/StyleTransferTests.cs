using CnnViz.Networks;
using CnnViz.Networks.Sequential;
using CnnViz.Networks.Zoo;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Style;

namespace CnnViz.Tests.Synthesis.Style;

/// <summary>A style transfer with a small random network: what it promises holds whatever the weights are.</summary>
public sealed class StyleTransferTests
{
    private static readonly CnnImage Content = Picture(40, 28, (x, y, channel) => channel == 0 ? x / 40f : (x + y) % 9 / 12f);
    private static readonly CnnImage Stripes = Picture(32, 32, (x, _, channel) => x / 3 % 2 == channel % 2 ? 0.9f : 0.1f);
    private static readonly CnnImage Checks = Picture(32, 32, (x, y, _) => (x / 4 + y / 4) % 2);

    [Theory]
    [InlineData(StylePreset.Standard, StyleStart.Content)]
    [InlineData(StylePreset.Standard, StyleStart.Noise)]
    [InlineData(StylePreset.Thesis000, StyleStart.Content)]
    [InlineData(StylePreset.Gatys, StyleStart.Noise)]
    [InlineData(StylePreset.NeuralStyle, StyleStart.Content)]
    public void With_LBFGS_the_loss_falls_at_every_step_and_terms_sum_to_it(StylePreset preset, StyleStart start)
    {
        var image = Make(new StyleOptions { Preset = preset, Initialization = start, Step = 25 });
        var losses = image.History.Select(score => -score).ToArray();
        Assert.Equal(25, losses.Length);
        for (var i = 1; i < losses.Length; i++)
            Assert.True(losses[i] <= losses[i - 1], $"Step {i} raises the loss from {losses[i - 1]} to {losses[i]}.");
        Assert.True(losses[^1] < 0.7 * losses[0], $"{losses[0]} → {losses[^1]}");
        for (var i = 0; i < losses.Length; i++)
            Assert.Equal(1, image.Terms.Values.Sum(values => values[i]) / losses[i], 1e-4);
        Assert.All(image.Image.Data, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void From_the_content_the_style_falls_and_the_content_is_left()
    {
        var image = Make(new StyleOptions { Step = 40 });
        Assert.Equal(0, image.Terms["Content"][0], 1e-6);
        Assert.True(image.Terms["Style"][^1] < 0.5 * image.Terms["Style"][0]);
        Assert.Equal((28, 40), (image.Image.Height, image.Image.Width));
        Assert.Equal("a content in the style of a style", image.Title);
    }

    /// <summary>A layer that gives a row of values has content as well.</summary>
    [Fact]
    public void A_layer_without_positions_can_be_the_content()
    {
        var image = Make(new StyleOptions
        {
            ContentLayer = ["dense1"],
            Initialization = StyleStart.Noise,
            StyleWeight = 0.001,
            Step = 10,
        });
        Assert.True(image.Terms["Content"][^1] < image.Terms["Content"][0]);
    }

    [Fact]
    public void A_layer_without_positions_has_no_style()
    {
        using var model = Model();
        var options = new StyleOptions { StyleLayer = [new LayerWeight("dense1")] };
        var error = Assert.Throws<CnnVizException>(() => StyleLayers.Of(model.Network, options));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
        Assert.Contains("layers with maps", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_are_chosen_of_a_network_that_has_classes_and_no_weights()
    {
        var network = SequentialNetwork.Build(["avgpool 2", "relu", "globalpool"], [3, 16, 16]);
        Assert.Equal("relu1", Assert.Single(StyleLayers.Of(network, new StyleOptions()).Style).Layer);
    }

    [Fact]
    public void A_style_that_is_too_small_for_a_layer_is_refused_with_that_layer()
    {
        using var model = SequentialModel.Create(["conv 4 5x5 relu", "conv 4 5x5 relu"], [3, 32, 32], seed: 4);
        var thin = Picture(32, 3, (_, _, _) => 0.5f);
        var error = Assert.Throws<CnnVizException>(() =>
            StyleTransfer.Make(model, Content, [thin], new StyleOptions { Step = 1 }, new RunOptions()));
        Assert.Equal("ShapeMismatch", error.ErrorId);
        Assert.Contains("Conv2d", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_style_weight_gives_more_style()
    {
        var (little, much) = (Make(new StyleOptions { StyleWeight = 0.1, Step = 30 }), Make(new StyleOptions { StyleWeight = 100, Step = 30 }));
        Assert.True(much.Terms["Style"][^1] / 100 < little.Terms["Style"][^1] / 0.1);
        Assert.True(much.Terms["Content"][^1] > little.Terms["Content"][^1]);
    }

    [Fact]
    public void A_style_paints_within_its_mask_alone()
    {
        var left = Picture(40, 28, (x, _, _) => x < 20 ? 1 : 0, channels: 1);
        var options = new StyleOptions { Mask = [left], ContentWeight = 0, TotalVariationWeight = 0, Step = 10 };
        var image = Make(options);
        // Beyond the mask and the reach of the layers nothing pulls.
        Assert.Equal(0, Change(image.Image, 34, 40), 1e-6);
        Assert.True(Change(image.Image, 0, 16) > 0.01);
    }

    [Fact]
    public void Masks_of_another_size_are_resized_and_told()
    {
        var messages = new List<string>();
        using var model = Model();
        StyleTransfer.Make(model, Content, [Stripes], new StyleOptions { Mask = [Picture(10, 10, (x, _, _) => x / 9f, channels: 1)], Step = 1 }, new RunOptions(), messages.Add);
        Assert.Contains(messages, message => message.Contains("Mask 1 is 10x10 and the content 40x28", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("relu", StringComparison.Ordinal));
    }

    [Fact]
    public void A_blend_of_one_style_alone_is_that_style()
    {
        using var model = Model();
        var one = Make(new StyleOptions { Step = 5 });
        var blended = StyleTransfer.Make(model, Content, [Stripes, Checks], new StyleOptions { StyleBlend = [3, 0], Step = 5 }, new RunOptions()).Images[0];
        var both = StyleTransfer.Make(model, Content, [Stripes, Checks], new StyleOptions { Step = 5 }, new RunOptions()).Images[0];
        Assert.Equal(one.Image.Data, blended.Image.Data);
        Assert.NotEqual(one.Image.Data, both.Image.Data);
    }

    [Fact]
    public void Preserved_colors_are_the_content_s()
    {
        var image = Make(new StyleOptions { PreserveColor = true, Step = 15 }).Image;
        var pixels = image.Height * image.Width;
        var (checkedPixels, changed) = (0, 0);
        for (var i = 0; i < pixels; i++)
        {
            float[] now = [image.Data[i], image.Data[pixels + i], image.Data[2 * pixels + i]];
            if (now.Any(value => value is 0 or 1))
                continue;
            checkedPixels++;
            Assert.Equal(Content.Data[i] - Content.Data[pixels + i], now[0] - now[1], 1e-4);
            Assert.Equal(Content.Data[i] - Content.Data[2 * pixels + i], now[0] - now[2], 1e-4);
            changed += Math.Abs(now[0] - Content.Data[i]) > 0.01 ? 1 : 0;
        }
        Assert.True(checkedPixels > pixels / 2 && changed > pixels / 10, $"{checkedPixels} pixels, {changed} of them changed");
    }

    [Theory]
    [InlineData(SynthesisOptimizer.Lbfgs)]
    [InlineData(SynthesisOptimizer.Adam)]
    public void Scales_grow_and_each_goes_on_from_the_one_before(SynthesisOptimizer optimizer)
    {
        var image = Make(new StyleOptions { Scale = [24, 40, 56], Step = 12, Optimizer = optimizer });
        Assert.Equal((39, 56), (image.Image.Height, image.Image.Width));
        Assert.Equal(36, image.History.Count);
        // What the smaller size found is worth more than the content itself.
        var alone = Make(new StyleOptions { Scale = [56], Step = 1, Optimizer = optimizer });
        Assert.True(image.History[24] > alone.History[0]);
    }

    [Theory]
    [InlineData(SynthesisOptimizer.Lbfgs)]
    [InlineData(SynthesisOptimizer.Adam)]
    public void A_run_that_was_interrupted_and_resumed_ends_with_the_same_bits(SynthesisOptimizer optimizer)
    {
        using var folder = new TemporaryFolder();
        var options = new StyleOptions { Scale = [24, 36], Step = 6, Optimizer = optimizer, CheckpointInterval = 1 };
        var whole = Make(options);
        foreach (var interruption in new[] { 3, 8 })
        {
            var path = folder[$"{interruption}.checkpoint"];
            using var model = Model();
            using var ended = new CancellationTokenSource();
            var steps = 0;
            var first = StyleTransfer.Make(model, Content, [Stripes], options, new RunOptions
            {
                CheckpointPath = path,
                Cancellation = ended.Token,
                Frame = _ =>
                {
                    if (++steps == interruption)
                        ended.Cancel();
                },
            });
            Assert.False(first.IsComplete);
            Assert.Equal(interruption, first.Images[0].Steps);
            var second = StyleTransfer.Make(model, Content, [Stripes], options, new RunOptions { CheckpointPath = path, Resume = true }).Images[0];
            Assert.Equal(whole.Image.Data, second.Image.Data);
            Assert.Equal(whole.History, second.History);
            Assert.Equal(whole.Terms["Style"], second.Terms["Style"]);
            Assert.Equal("CheckpointMismatch", Assert.Throws<CnnVizException>(
                () => StyleTransfer.Make(model, Content, [Checks], options, new RunOptions { CheckpointPath = path, Resume = true })).ErrorId);
        }
    }

    /// <summary>In strips, because a limit that is larger than the process itself leaves little for a picture of this size.</summary>
    [Fact]
    public void Within_a_limit_of_memory_the_picture_is_the_same_up_to_rounding()
    {
        var options = new StyleOptions { Scale = [320], Step = 2, Optimizer = SynthesisOptimizer.Adam };
        var error = Assert.Throws<CnnVizException>(() => Make(options with { MemoryLimit = 1 << 20 }));
        Assert.Equal("MemoryLimitTooSmall", error.ErrorId);
        var least = ByteSize.Parse(System.Text.RegularExpressions.Regex.Match(error.Message, @"at least ([\d.]+ [MG]B)").Groups[1].Value);
        // The style is a square, and needs a little more than the content.
        var (whole, parts) = (Make(options), Make(options with { MemoryLimit = least.Bytes + (4L << 20) }));
        Assert.Equal(whole.History[1], parts.History[1], 1e-3 * Math.Abs(whole.History[1]));
        Assert.True(whole.Image.Data.Zip(parts.Image.Data).Average(pair => Math.Abs(pair.First - pair.Second)) < 1e-3);
        // What the network says of it is of its own size then, and needs no memory that the limit does not know of.
        Assert.Equal((true, false), (whole.Image.IsNetworkInput, parts.Image.IsNetworkInput));
        Assert.NotEmpty(parts.Predictions);
    }

    [Fact]
    public void Other_poolings_other_seeds_and_averages_give_other_pictures()
    {
        var plain = Make(new StyleOptions { Step = 5 });
        Assert.NotEqual(plain.Image.Data, Make(new StyleOptions { Step = 5, Pooling = PoolingKind.Max }).Image.Data);
        var adam = new StyleOptions { Step = 10, Optimizer = SynthesisOptimizer.Adam };
        Assert.NotEqual(Make(adam).Image.Data, Make(adam with { AverageDecay = 0 }).Image.Data);
        Assert.Equal(Make(adam).History, Make(adam with { AverageDecay = 0 }).History);
        var noise = new StyleOptions { Step = 2, Initialization = StyleStart.Noise, Seed = 1 };
        Assert.Equal(Make(noise).Image.Data, Make(noise).Image.Data);
        Assert.NotEqual(Make(noise).Image.Data, Make(noise with { Seed = 2 }).Image.Data);
        Assert.NotEqual(plain.Image.Data, Make(new StyleOptions { Step = 5, InitialImage = Checks }).Image.Data);
    }

    [Theory]
    [InlineData("vgg19", "features.22", "features.1 features.6 features.11 features.20 features.29")]
    [InlineData("vgg16", "features.20", "features.1 features.6 features.11 features.18 features.25")]
    [InlineData("vgg9", "relu3_2", "relu1_1 relu2_1 relu3_1 relu4_1")]
    [InlineData("googlenet", "inception3b", "conv1 conv3 inception3a inception4a inception4b")]
    [InlineData("inception_v3", "Mixed_5d", "Conv2d_2b_3x3 Conv2d_4a_3x3 Mixed_5b Mixed_6a Mixed_6b")]
    [InlineData("squeezenet1_1", "features.7", "features.1 features.3 features.4 features.7 features.10")]
    [InlineData("resnet18", "layer2.1.relu_1", "relu layer1.1.relu_1 layer2.1.relu_1 layer3.1.relu_1 layer4.1.relu_1")]
    public void Families_have_their_layers(string architecture, string content, string style)
    {
        var layers = StyleLayers.Of(Architectures.Find(architecture)!.Build(), new StyleOptions());
        Assert.Equal(content, string.Join(' ', layers.Content));
        Assert.Equal(style, string.Join(' ', layers.Style.Select(layer => layer.Layer)));
    }

    [Fact]
    public void Every_architecture_has_layers_or_says_that_it_has_none()
    {
        foreach (var architecture in Architectures.All)
        {
            var network = architecture.Build();
            if (network.Nodes.Any(node => node.Operation is CnnViz.Networks.Operations.Convolution))
                Assert.NotEmpty(StyleLayers.Of(network, new StyleOptions()).Style);
            else
                Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => StyleLayers.Of(network, new StyleOptions())).ErrorId);
        }
    }

    public static TheoryData<string, string, StyleOptions> Mistakes => new()
    {
        { "LayerNotFound", "conv9", new StyleOptions { StyleLayer = [new("conv9")] } },
        { "LayerNotFound", "relu9", new StyleOptions { ContentLayer = ["relu9"] } },
        { "ArgumentInvalid", "at least one weight above 0", new StyleOptions { StyleLayer = [new("conv1", 0), new("conv2", 0)] } },
        { "ArgumentInvalid", "weights of 0 or more", new StyleOptions { StyleLayer = [new("conv1", -1)] } },
        { "ArgumentInvalid", "as many numbers", new StyleOptions { StyleBlend = [1, 2] } },
        { "ArgumentInvalid", "not all 0", new StyleOptions { StyleBlend = [0] } },
        { "ArgumentInvalid", "as many masks", new StyleOptions { Mask = [Checks, Checks] } },
        { "ArgumentInvalid", "white somewhere", new StyleOptions { Mask = [Picture(8, 8, (_, _, _) => 0)] } },
        { "ArgumentInvalid", "a number above 0", new StyleOptions { StepSize = 0 } },
        { "ArgumentInvalid", "a number of 0 or more", new StyleOptions { StyleWeight = -1 } },
        { "ArgumentInvalid", "nothing to paint", new StyleOptions { StyleWeight = 0, ContentWeight = 0 } },
        { "ArgumentInvalid", "below 1", new StyleOptions { AverageDecay = 1 } },
        { "ArgumentInvalid", "1 or more", new StyleOptions { Step = 0 } },
        { "ArgumentInvalid", "1 or more", new StyleOptions { Octave = 0 } },
        { "ArgumentInvalid", "-Size", new StyleOptions { Scale = [32], Size = 32 } },
        { "ArgumentInvalid", "-InitialImage", new StyleOptions { Initialization = StyleStart.Noise, InitialImage = Checks } },
        { "ArgumentInvalid", "one size alone", new StyleOptions { OctaveScale = 2 } },
        { "ArgumentInvalid", "-Octave and -OctaveScale", new StyleOptions { Scale = [32], OctaveScale = 2 } },
        { "LayerNotFound", "own has no layer 'conv9'", new StyleOptions { StyleLayer = [new("conv9")] } },
        { "ImageTooSmall", "of own makes nothing", new StyleOptions { Scale = [4] } },
        { "ImageTooSmall", "at least 4 pixels", new StyleOptions { Scale = [4] } },
        { "MemoryInsufficient", "The largest that fits", new StyleOptions { Scale = [100_000] } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistakes_are_named(string id, string words, StyleOptions options)
    {
        var error = Assert.Throws<CnnVizException>(() => Make(options));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    internal static CnnModel Model() => SequentialModel.Create(
        ["conv 8 3x3 same relu", "conv 8 3x3 same relu", "maxpool 2", "conv 12 3x3 same relu", "conv 12 3x3 same relu", "maxpool 2", "conv 16 3x3 same relu", "globalpool", "dense 4"],
        [3, 32, 32], seed: 4, name: "own");

    internal static SynthesizedImage Make(StyleOptions options)
    {
        using var model = Model();
        return StyleTransfer.Make(model, Content, [Stripes], options, new RunOptions()).Images[0];
    }

    private static CnnImage Picture(int width, int height, Func<int, int, int, float> color, int channels = 3) => new(
        [.. Enumerable.Range(0, channels * height * width).Select(i => color(i % width, i / width % height, i / width / height))], channels, height, width)
    {
        Label = (width, height) == (40, 28) ? "a content" : "a style",
    };

    /// <summary>The mean change against the content in some columns.</summary>
    private static double Change(CnnImage image, int from, int to) => Enumerable.Range(0, image.Data.Length)
        .Where(i => i % image.Width >= from && i % image.Width < to).Average(i => Math.Abs(image.Data[i] - Content.Data[i]));
}
