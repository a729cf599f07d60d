using CnnViz.Networks.Zoo;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Synthesis;
using CnnViz.Synthesis.Bounded;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>What a limit of memory does to a synthesis.</summary>
[Collection(Alone.Name)]
public sealed class StepMemoryTests
{
    private const long Plenty = 1L << 40;

    private static readonly Objective Several =
        new LayerObjective("features.4", LayerMeasure.HalfSquare) + new LayerObjective("features.9", LayerMeasure.HalfSquare) + -0.1 * new TotalVariation();

    [Theory]
    [InlineData("squeezenet1_1", "features.3", "features.12", 768, 1024, 10)]
    [InlineData("vgg19", "features.1", "features.29", 2048, 2048, 12)]
    [InlineData("resnet50", "layer1", "layer3", 700, 900, 8)]
    [InlineData("densenet121", "features.conv0", "features.transition2.pool", 480, 640, 8)]
    [InlineData("googlenet", "conv1", "inception4c", 700, 900, 8)]
    public void A_plan_keeps_the_limit_and_less_memory_means_more_work(string network, string shallow, string deep, int height, int width, int divisor)
    {
        var interpreter = new CnnViz.Networks.Interpreter(Architectures.Find(network)!.Build(), new Dictionary<string, Tensor>());
        int[] wanted = [interpreter.Network.Position(shallow), interpreter.Network.Position(deep)];
        var planner = new PassPlanner(new PassOutline(interpreter, [3, height, width], wanted, 1, sizeof(float)), 0);
        var whole = planner.Best(Plenty);
        Assert.True(whole.IsWhole);
        var last = whole;
        for (var limit = whole.PeakBytes - 1; limit > whole.PeakBytes / divisor; limit /= 2)
        {
            var plan = planner.Best(limit);
            Assert.False(plan.IsOver);
            Assert.False(plan.IsWhole);
            Assert.InRange(plan.PeakBytes, 1, limit);
            Assert.True(plan.Work >= last.Work * 0.97);
            last = plan;
        }
        Assert.InRange(last.Work / whole.Work, 0.999, 1.2);
    }

    [Fact]
    public void What_fits_is_computed_at_once_with_the_same_bits()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("squeezenet1_1")!.Build(), 3);
        using var free = Dream(model, null, 72, 96);
        using var limited = Dream(model, Plenty, 72, 96);
        Run.ToEnd(free, new RunOptions());
        Run.ToEnd(limited, new RunOptions());
        Assert.Equal(free.Pictures().Data, limited.Pictures().Data);
    }

    [Fact]
    public void A_synthesis_in_parts_makes_the_same_picture_and_leaves_nothing_behind()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("squeezenet1_1")!.Build(), 3);
        var limit = Least(model, 300, 400) + (4L << 20);
        var memory = new StepMemory(model, model.Interpreter(), Several, limit, 0);
        Assert.True(memory.Plan(1, 300, 400) is { IsWhole: false });
        using var free = Dream(model, null, 300, 400);
        Run.ToEnd(free, new RunOptions());
        var before = Alone.CountTensors();
        using (var limited = Dream(model, limit, 300, 400))
        {
            Run.ToEnd(limited, new RunOptions());
            var (one, other) = (free.Pictures().Data, limited.Pictures().Data);
            // Without a limit the network is rearranged, with the same up to rounding: that sets single pixels further apart in a few steps.
            Assert.InRange(one.Zip(other, (value, limitedValue) => Math.Abs(value - limitedValue)).Average(), 0, 1e-4);
            Assert.Equal(free.HistoryOf(0)[^1], limited.HistoryOf(0)[^1], free.HistoryOf(0)[^1] * 1e-4);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_limit_that_is_too_small_says_what_is_needed_and_what_fits_before_the_work_starts()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("squeezenet1_1")!.Build(), 3);
        var before = Alone.CountTensors();
        var error = Assert.Throws<CnnVizException>(() => Dream(model, 650L << 20, 3000, 4000));
        Assert.Equal(("MemoryLimitTooSmall", CnnErrorCategory.LimitsExceeded), (error.ErrorId, error.Category));
        Assert.Contains("4000x3000", error.Message, StringComparison.Ordinal);
        Assert.Contains("650 MB", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);

        var numbers = System.Text.RegularExpressions.Regex.Match(error.Message, @"at least ([\d.]+ [MG]B).*fits is (\d+)x(\d+)");
        var (width, height) = (int.Parse(numbers.Groups[2].Value), int.Parse(numbers.Groups[3].Value));
        Assert.InRange(width, 400, 3900);
        Assert.Equal(0.75, (double)height / width, 0.01);
        Dream(model, 650L << 20, height, width).Dispose();
        Assert.Throws<CnnVizException>(() => Dream(model, 650L << 20, height + 40, width + 40));
        Dream(model, (long)(ByteSize.Parse(numbers.Groups[1].Value).Bytes * 1.01), 3000, 4000).Dispose();
    }

    [Fact]
    public void Where_the_process_alone_takes_more_no_size_fits()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("squeezenet1_1")!.Build(), 3);
        Assert.Contains("No size fits", Assert.Throws<CnnVizException>(() => Dream(model, 50L << 20, 100, 100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_limit_what_the_machine_does_not_have_is_said_before_the_work_starts()
    {
        using var model = CnnModel.CreateRandom(Architectures.Find("squeezenet1_1")!.Build(), 3);
        var memory = new StepMemory(model, model.Interpreter(), Several, null, 0);
        Assert.True(memory.Plan(1, 300, 400).IsWhole);
        var error = Assert.Throws<CnnVizException>(() => memory.Plan(2, 300_000, 400_000));
        Assert.Equal(("MemoryInsufficient", CnnErrorCategory.LimitsExceeded), (error.ErrorId, error.Category));
        var largest = System.Text.RegularExpressions.Regex.Match(error.Message, @"of 2 pictures at 400000x300000 needs about .*fits is about (\d+)x(\d+)");
        Assert.True(memory.Plan(2, int.Parse(largest.Groups[2].Value) * 9 / 10, int.Parse(largest.Groups[1].Value) * 9 / 10).IsWhole);
    }

    [Fact]
    public void What_transforms_make_larger_counts()
    {
        var transforms = new PictureTransform[] { new Pad(12), new ScaleAndRotate([0.9, 1.1], [5]), new Jitter(8), new RollJitter(4) };
        Assert.Equal((136, 246), transforms.Aggregate((100, 200), (size, transform) => transform.Largest(size.Item1, size.Item2)));
    }

    private static long Least(CnnModel model, int height, int width)
    {
        var error = Assert.Throws<CnnVizException>(() => new StepMemory(model, model.Interpreter(), Several, 1 << 20, 0).Plan(1, height, width));
        return ByteSize.Parse(System.Text.RegularExpressions.Regex.Match(error.Message, @"at least ([\d.]+ [MG]B)").Groups[1].Value).Bytes;
    }

    private static ImageStepper Dream(CnnModel model, ByteSize? limit, int height, int width)
    {
        // No two values alike: where rounding decides which of two is the larger, gradients go different ways.
        var start = new float[3 * height * width];
        var random = new Random(1);
        for (var i = 0; i < start.Length; i++)
            start[i] = random.NextSingle();
        return new ImageStepper("dream", model, new PixelParameterization(new CnnTensor(start, [1, 3, height, width])), new SynthesisPlan
        {
            Objective = Several,
            Octaves = [new Octave(height, width, 2)],
            StepSize = 0.01,
            Optimizer = values => new Sgd(values),
            Transforms = [new RollJitter(8)],
            GradientFilters = [new UnitNorm()],
            Constraints = [new Box()],
            MemoryLimit = limit,
        });
    }
}
