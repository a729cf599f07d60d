using CnnViz.Data;
using CnnViz.Networks.Sequential;
using CnnViz.Running;
using CnnViz.Training;
using static TorchSharp.torch;

namespace CnnViz.Tests.Training;

[Collection(Alone.Name)]
public sealed class ModelTrainingTests : IDisposable
{
    private static readonly string[] Layers = ["conv 8 5x5 relu", "batchnorm", "maxpool 4", "conv 8 3x3 relu", "globalpool", "dropout 0.1", "dense 10"];
    private static readonly ModelTrainingOptions Options = new() { Epoch = 2, LearningRate = 0.01, Seed = 1 };
    private readonly TemporaryFolder _folder = new();
    private readonly CnnModel _model = SequentialModel.Create(Layers, [1, 28, 28], seed: 4, name: "small");

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private static DatasetSplits Digits(int train = 400, int test = 100)
    {
        var digits = Datasets.Digits();
        return new DatasetSplits("digits", digits.Train.Subset(..train), digits.Test!.Subset(..test));
    }

    private CnnModel Train(ModelTrainingOptions options, DatasetSplits? data = null, CnnModel? model = null, RunOptions? run = null) =>
        ModelTraining.Train(model ?? _model, data ?? Digits(), options, run ?? new RunOptions())!;

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void A_training_gives_a_new_model_that_learned_and_repeats(OptimizerKind optimizer)
    {
        var before = _model.WeightsHash;
        var start = _model.GetParameter("conv1.weight").Data;
        var options = Options with { Optimizer = optimizer, Nesterov = optimizer == OptimizerKind.Sgd, WeightDecay = 1e-4, LearningRate = optimizer == OptimizerKind.Sgd ? 0.05 : 0.01, ValidationSplit = 0.1 };
        using var first = Train(options);
        using var second = Train(options);
        Assert.Equal(first.WeightsHash, second.WeightsHash);
        Assert.Equal(start, _model.GetParameter("conv1.weight").Data);
        Assert.NotEqual(before, first.WeightsHash);
        Assert.Equal(("small-digits", 2), (first.Name, first.History.Count));
        Assert.True(first.History[1].Loss < first.History[0].Loss);
        Assert.All(first.History, epoch => Assert.NotNull(epoch.ValidationLoss));
        Assert.All(first.History, epoch => Assert.NotNull(epoch.TestAccuracy));
    }

    [Fact]
    public void Frozen_layers_keep_every_bit_their_statistics_too()
    {
        using var trained = Train(Options with { Freeze = ["conv1", "batchnorm1"] });
        foreach (var name in _model.Network.Parameters.Select(parameter => parameter.Name))
        {
            var isFrozen = name.StartsWith("conv1.", StringComparison.Ordinal) || name.StartsWith("batchnorm1.", StringComparison.Ordinal);
            Assert.Equal(isFrozen, _model.GetParameter(name).Data.SequenceEqual(trained.GetParameter(name).Data));
        }
    }

    [Fact]
    public void What_a_frozen_part_gives_may_be_kept_or_computed_again()
    {
        var options = Options with { Freeze = ["conv1", "batchnorm1"] };
        using var kept = Train(options);
        using var again = Train(options with { CacheLimit = 0 });
        Assert.Equal(kept.History[1].Loss, again.History[1].Loss, 1e-4);
        foreach (var (name, spec) in _model.Network.Parameters.Where(parameter => parameter.Spec.IsTrainable))
        {
            var (one, other) = (kept.GetParameter(name).Data, again.GetParameter(name).Data);
            Assert.All(Enumerable.Range(0, one.Length), i => Assert.Equal(one[i], other[i], 1e-3f));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("conv1")]
    public void A_run_that_is_taken_up_again_ends_with_the_same_bits(string frozen)
    {
        var options = Options with
        {
            Epoch = 4,
            Freeze = frozen.Length == 0 ? [] : [frozen],
            ValidationSplit = 0.2,
            Patience = 3,
            Optimizer = OptimizerKind.Sgd,
            Schedule = Schedule.Cosine,
        };
        using var stop = new CancellationTokenSource();
        var path = _folder["run.safetensors"];
        using var part = Train(options, run: new RunOptions { CheckpointPath = path, Cancellation = stop.Token, ReportInterval = TimeSpan.Zero, Progress = new Progress(progress => StopAfter(progress, 25, stop)) });
        Assert.InRange(part.History.Count, 1, 3);
        using var resumed = Train(options, run: new RunOptions { CheckpointPath = path, Resume = true });
        using var whole = Train(options);
        Assert.Equal(whole.WeightsHash, resumed.WeightsHash);
        Assert.Equal(whole.History.Select(epoch => (epoch.Loss, epoch.ValidationLoss)), resumed.History.Select(epoch => (epoch.Loss, epoch.ValidationLoss)));
    }

    [Fact]
    public void A_checkpoint_of_another_start_is_refused()
    {
        var path = _folder["run.safetensors"];
        Train(Options with { Epoch = 1 }, run: new RunOptions { CheckpointPath = path }).Dispose();
        using var other = SequentialModel.Create([.. Layers.Select(layer => layer.Replace("relu", "elu", StringComparison.Ordinal))], [1, 28, 28], seed: 4, name: "small");
        var error = Assert.Throws<CnnVizException>(() => Train(Options with { Epoch = 1 }, model: other, run: new RunOptions { CheckpointPath = path, Resume = true }));
        Assert.Equal("CheckpointMismatch", error.ErrorId);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        var error = Assert.Throws<CnnVizException>(() => Train(Options, run: new RunOptions { CheckpointPath = _folder.Write("junk", [1, 2, 3]), Resume = true }));
        Assert.Equal("CheckpointMismatch", error.ErrorId);
    }

    [Fact]
    public void A_network_that_ends_in_maps_is_not_trained_to_tell_classes_apart()
    {
        using var maps = SequentialModel.Create(["conv 8 3x3 same relu"], [1, 28, 28]);
        Assert.Equal("ModelWithoutClasses", Assert.Throws<CnnVizException>(() => Train(Options, model: maps)).ErrorId);
    }

    [Fact]
    public void Without_improvement_it_ends_early_with_the_best_epoch()
    {
        // So large a rate that the first epochs spoil what there is.
        using var start = Train(Options with { Epoch = 3 });
        var options = Options with { Epoch = 50, Optimizer = OptimizerKind.Sgd, LearningRate = 0.5, Momentum = 0.5, ValidationSplit = 0.25, Patience = 2 };
        using var trained = Train(options, model: start);
        var best = trained.History.MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        Assert.Equal(best + 2, trained.History.Count);
        Assert.True(trained.History.Count < 50);
        using var only = Train(options with { Epoch = best, Patience = null }, model: start);
        Assert.Equal(only.WeightsHash, trained.WeightsHash);
    }

    [Fact]
    public void Validation_pictures_are_set_aside_by_the_seed()
    {
        var data = Digits(100);
        (int[] Train, int[] Validation) Split(long seed)
        {
            var (train, validation) = ModelTraining.Split(data, new ModelTrainingOptions { ValidationSplit = 0.2, Seed = seed });
            int[] Indices(CnnDataset part) => [.. Enumerable.Range(0, part.Count).Select(i => int.Parse(part.GetImage(i).Source!.Split('#')[1], System.Globalization.CultureInfo.InvariantCulture))];
            return (Indices(train), Indices(validation!));
        }
        var (train, validation) = Split(1);
        Assert.Equal(20, validation.Length);
        Assert.Equal(Enumerable.Range(0, 100), train.Concat(validation).Order());
        Assert.Equal(validation, Split(1).Validation);
        Assert.NotEqual(validation, Split(2).Validation);
    }

    [Fact]
    public void Another_number_of_classes_gives_a_new_head_and_labels()
    {
        var digits = Digits(2000);
        int[] Few(CnnDataset part) => [.. Enumerable.Range(0, part.Count).Where(i => part.GetClass(i) < 3)];
        var three = new DatasetSplits("three", new Renamed(digits.Train.Subset(Few(digits.Train)), 3), Test: null);
        using var trained = Train(Options with { Epoch = 1 }, three);
        Assert.Equal((3, 10), (trained.ClassCount, _model.ClassCount));
        Assert.Equal(["0", "1", "2"], trained.Labels);
        Assert.Equal("dense 3", trained.Network.Layers[^1]);
        using var more = Train(Options with { Epoch = 1, ClassCount = 5 }, three);
        Assert.Equal(["0", "1", "2", "3", "4"], more.Labels);
        var error = Assert.Throws<CnnVizException>(() => Train(Options with { Freeze = ["dense1"] }, three));
        Assert.Contains("new head", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_any_size_are_prepared_kept_or_read_again_with_the_same_result()
    {
        var digits = Digits(60);
        for (var i = 0; i < 60; i++)
        {
            var image = digits.Train.GetImage(i);
            Directory.CreateDirectory(_folder[$"{image.Label}"]);
            var side = 20 + i % 3 * 10;
            ImageExport(CnnViz.Imaging.ImageResize.Resize(image, side, side + 5), _folder[$"{image.Label}/{i}.png"]);
        }
        var folder = Datasets.OpenFolder(_folder.Path);
        using var kept = Train(Options, folder);
        using var read = Train(Options with { CacheLimit = 0 }, folder);
        Assert.Equal(kept.WeightsHash, read.WeightsHash);
        using var varied = Train(Options with { Augmentation = ["shift 2", "flip", "rotate 10", "scale", "brightness=0.3"] }, folder);
        using var twice = Train(Options with { Augmentation = ["shift 2", "flip", "rotate 10", "scale", "brightness=0.3"] }, folder);
        Assert.Equal(varied.WeightsHash, twice.WeightsHash);
        Assert.NotEqual(kept.WeightsHash, varied.WeightsHash);
        File.WriteAllText(_folder["5/broken.png"], "no picture");
        var error = Assert.Throws<CnnVizException>(() => Train(Options, Datasets.OpenFolder(_folder.Path)));
        Assert.Contains("broken.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_native_is_left_behind()
    {
        var before = Alone.CountTensors();
        Train(Options with { Freeze = ["conv1"], ValidationSplit = 0.1, Patience = 1 }, run: new RunOptions { CheckpointPath = _folder["run.safetensors"] }).Dispose();
        Train(Options with { Epoch = 1, Augmentation = ["shift", "flip"], ClassCount = 12 }).Dispose();
        Assert.Throws<CnnVizException>(() => Train(Options with { Freeze = ["*"] }));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_training_that_runs_away_says_so()
    {
        var error = Assert.Throws<CnnVizException>(() => Train(Options with { Optimizer = OptimizerKind.Sgd, LearningRate = 1e30 }));
        Assert.Equal("TrainingDiverged", error.ErrorId);
    }

    [Fact]
    public void A_last_step_that_goes_too_far_is_found_out_after_it()
    {
        // The only step: its own loss is that of the start.
        var error = Assert.Throws<CnnVizException>(() => Train(Options with { Epoch = 1, BatchSize = 5000, Optimizer = OptimizerKind.Sgd, LearningRate = 1e38, ValidationSplit = 0.1 }));
        Assert.Equal("TrainingDiverged", error.ErrorId);
    }

    public static TheoryData<ModelTrainingOptions, string> Wrong => new()
    {
        { new() { Epoch = 0 }, "Epoch" },
        { new() { BatchSize = 1 }, "BatchSize" },
        { new() { LearningRate = 0 }, "LearningRate" },
        { new() { Nesterov = true }, "Nesterov" },
        { new() { Momentum = 1 }, "Momentum" },
        { new() { WeightDecay = -1 }, "WeightDecay" },
        { new() { ValidationSplit = 1 }, "ValidationSplit" },
        { new() { ValidationSplit = 0.0001 }, "leaves pictures on both sides" },
        { new() { Patience = 2 }, "-ValidationSplit" },
        { new() { ClassCount = 4 }, "at least 10" },
        { new() { Freeze = ["*"] }, "leaves layers to train" },
        { new() { Augmentation = ["rotat 5"] }, "nearest: rotate" },
        { new() { Augmentation = ["shift much"] }, "shift" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Settings_that_cannot_be_are_named(ModelTrainingOptions options, string expected)
    {
        var error = Assert.Throws<CnnVizException>(() => Train(options));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_of_the_training_is_what_the_model_shows()
    {
        using var trained = Train(Options with { Epoch = 2, ValidationSplit = 0.1 }, Digits(100, 20));
        var picture = CnnViz.Reporting.Picture.Of(trained)!.Draw();
        Assert.Equal(3, picture.ChannelCount);
        Assert.Contains(picture.Data, value => value < 0.2f);
        Assert.Null(CnnViz.Reporting.Picture.Of(_model));
    }

    private static void StopAfter(RunProgress progress, int steps, CancellationTokenSource stop)
    {
        if (progress.Completed >= steps)
            stop.Cancel();
    }

    private static void ImageExport(CnnImage image, string path) => CnnViz.Imaging.ImageExport.Save(image, path);

    private sealed class Renamed(CnnDataset whole, int classes)
        : CnnDataset(whole.Name, [.. whole.Labels.Take(classes)], whole.Count, whole.ImageShape)
    {
        public override void CopyPixels(int index, Span<byte> pixels) => whole.CopyPixels(index, pixels);

        protected internal override int ReadClass(int index) => whole.GetClass(index);
    }

    private sealed class Progress(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
