using System.Globalization;
using CnnViz.Data;
using CnnViz.Imaging;
using CnnViz.Networks.Weights;
using CnnViz.Running;
using CnnViz.Training;
using static TorchSharp.torch;

namespace CnnViz.Tests.Training;

[Collection(Alone.Name)]
public sealed class TrainerTests : IDisposable
{
    private static readonly LeNetTrainingOptions Options = new() { Epoch = 3, BatchSize = 64, Seed = 1 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cnnviz");

    private static DatasetSplits Digits(int train = 640, int test = 200)
    {
        var digits = Datasets.Digits();
        return new DatasetSplits("digits", digits.Train.Subset(..train), digits.Test!.Subset(..test));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(LeNetVariant.Thesis, false)]
    [InlineData(LeNetVariant.Thesis, true)]
    [InlineData(LeNetVariant.LeCun1998, false)]
    public void Training_learns_and_repeats_bit_for_bit(LeNetVariant variant, bool augment)
    {
        var options = Options with { Variant = variant, Augment = augment, BatchSize = 32 };
        using var first = LeNetTraining.Train(Digits(3200), options, new RunOptions())!;
        using var second = LeNetTraining.Train(Digits(3200), options, new RunOptions())!;
        using var other = LeNetTraining.Train(Digits(3200), options with { Seed = 2 }, new RunOptions())!;
        Assert.Equal(first.WeightsHash, second.WeightsHash);
        Assert.NotEqual(first.WeightsHash, other.WeightsHash);
        Assert.Equal(3, first.History.Count);
        Assert.True(first.History[^1].Loss < first.History[0].Loss);
        Assert.True(first.History[^1].TestAccuracy > 0.5, $"test accuracy {first.History[^1].TestAccuracy}");
        Assert.InRange(first.History[^1].BinaryAccuracy!.Value, 0.8, 1);
    }

    [Fact]
    public void A_run_that_is_taken_up_again_ends_where_an_uninterrupted_one_does()
    {
        var path = Path.Combine(_folder.FullName, "run.safetensors");
        using var stop = new CancellationTokenSource();
        var interrupted = new RunOptions
        {
            CheckpointPath = path,
            Cancellation = stop.Token,
            // In the second epoch: what is kept is the first.
            Progress = new Progress(progress =>
            {
                if (progress.Completed > 63)
                    stop.Cancel();
            }),
        };
        using var part = LeNetTraining.Train(Digits(4000), Options, interrupted)!;
        var history = part.History;
        Assert.InRange(history.Count, 1, 2);
        using var resumed = LeNetTraining.Train(Digits(4000), Options, new RunOptions { CheckpointPath = path, Resume = true })!;
        using var expected = LeNetTraining.Train(Digits(4000), Options, new RunOptions())!;
        Assert.Equal(expected.WeightsHash, resumed.WeightsHash);
        Assert.Equal(3, resumed.History.Count);
    }

    [Fact]
    public void A_training_cancelled_within_an_epoch_gives_the_weights_of_the_last_whole_one_also_after_a_resume()
    {
        var path = Path.Combine(_folder.FullName, "run.safetensors");
        using var first = LeNetTraining.Train(Digits(), Options with { Epoch = 1 }, new RunOptions { CheckpointPath = path })!;
        foreach (var resume in new[] { false, true })
        {
            using var stop = new CancellationTokenSource();
            var run = new RunOptions
            {
                CheckpointPath = resume ? path : null,
                Resume = resume,
                Cancellation = stop.Token,
                ReportInterval = TimeSpan.Zero,
                Progress = new Progress(progress =>
                {
                    if (progress.Completed > 12)
                        stop.Cancel();
                }),
            };
            using var cancelled = LeNetTraining.Train(Digits(), Options, run)!;
            Assert.Single(cancelled.History);
            Assert.Equal(first.WeightsHash, cancelled.WeightsHash);
        }
    }

    [Fact]
    public void A_finished_training_can_be_continued_with_more_epochs()
    {
        var path = Path.Combine(_folder.FullName, "run.safetensors");
        LeNetTraining.Train(Digits(), Options with { Epoch = 1 }, new RunOptions { CheckpointPath = path })!.Dispose();
        using var continued = LeNetTraining.Train(Digits(), Options with { Epoch = 2 }, new RunOptions { CheckpointPath = path, Resume = true })!;
        using var expected = LeNetTraining.Train(Digits(), Options with { Epoch = 2 }, new RunOptions())!;
        Assert.Equal(expected.WeightsHash, continued.WeightsHash);
    }

    [Fact]
    public void A_checkpoint_is_of_one_dataset_and_of_no_culture()
    {
        var path = Path.Combine(_folder.FullName, "run.safetensors");
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            LeNetTraining.Train(Digits(), Options with { Epoch = 1 }, new RunOptions { CheckpointPath = path })!.Dispose();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        LeNetTraining.Train(Digits(), Options with { Epoch = 1 }, new RunOptions { CheckpointPath = path, Resume = true })!.Dispose();
        var digits = Digits();
        var others = digits with { Train = Datasets.Digits(seed: 5).Train.Subset(..640) };
        var error = Assert.Throws<CnnVizException>(() => LeNetTraining.Train(others, Options with { Epoch = 1 }, new RunOptions { CheckpointPath = path, Resume = true }));
        Assert.Equal("CheckpointMismatch", error.ErrorId);
        Assert.Contains("Pictures was", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_pictures_are_made_grey_and_small_enough()
    {
        var folder = _folder.CreateSubdirectory("pictures");
        foreach (var (name, level) in new[] { ("dark", 0.1f), ("bright", 0.9f) })
        {
            var part = folder.CreateSubdirectory($"train/{name}");
            for (var i = 0; i < 8; i++)
                ImageExport.Save(new CnnImage([.. Enumerable.Repeat(level + 0.01f * i, 3 * 40 * 50)], 3, 40, 50), Path.Combine(part.FullName, $"{i}.png"), ImageWriteOptions.Default);
        }
        using var model = LeNetTraining.Train(Datasets.OpenFolder(folder.FullName), Options with { Epoch = 3, BatchSize = 8 }, new RunOptions())!;
        Assert.Equal(2, model.ClassCount);
        Assert.Equal(["bright", "dark"], model.Labels);
    }

    [Fact]
    public void The_network_of_1998_has_its_own_kernels()
    {
        var error = Assert.Throws<CnnVizException>(() => LeNetTraining.Train(Digits(), Options with { Variant = LeNetVariant.LeCun1998, KernelSize = 3 }, new RunOptions()));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
    }

    [Fact]
    public void A_checkpoint_of_other_settings_is_refused()
    {
        var path = Path.Combine(_folder.FullName, "run.safetensors");
        LeNetTraining.Train(Digits(), Options with { Epoch = 1 }, new RunOptions { CheckpointPath = path })!.Dispose();
        var error = Assert.Throws<CnnVizException>(() =>
            LeNetTraining.Train(Digits(), Options with { Epoch = 1, Seed = 9 }, new RunOptions { CheckpointPath = path, Resume = true }));
        Assert.Equal("CheckpointMismatch", error.ErrorId);
    }

    [Fact]
    public void A_run_cancelled_in_its_first_epoch_gives_nothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Null(LeNetTraining.Train(Digits(), Options, new RunOptions { Cancellation = stop.Token }));
    }

    [Fact]
    public void Nothing_native_is_left_behind()
    {
        var before = Alone.CountTensors();
        LeNetTraining.Train(Digits(), Options, new RunOptions { CheckpointPath = Path.Combine(_folder.FullName, "run.safetensors") })!.Dispose();
        Assert.Throws<CnnVizException>(() => LeNetTraining.Train(Digits(), Options with { Epoch = 0 }, new RunOptions()));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Progress_comes_with_figures_and_the_time_remaining()
    {
        var reports = new List<RunProgress>();
        LeNetTraining.Train(Digits(), Options with { Epoch = 1 }, new RunOptions { Progress = new Progress(reports.Add) })!.Dispose();
        Assert.Equal((10, 10), (reports[^1].Completed, reports[^1].Total));
        Assert.Contains("loss", reports[^1].Status, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    [Fact]
    public void A_model_file_brings_everything_back()
    {
        var path = Path.Combine(_folder.FullName, "model.safetensors");
        using var model = LeNetTraining.Train(Digits(), Options with { Epoch = 1, Variant = LeNetVariant.LeCun1998 }, new RunOptions())!;
        ModelFile.Save(model, path);
        using var back = ModelFile.Load(path);
        Assert.Equal(model.WeightsHash, back.WeightsHash);
        Assert.Equal((model.Name, model.Architecture), (back.Name, back.Architecture));
        Assert.Equal(model.Labels, back.Labels);
        Assert.Equal(model.History, back.History);
        Assert.Equal(model.Preprocessing.Mean, back.Preprocessing.Mean);
        Assert.Equal("OutputExists", Assert.Throws<CnnVizException>(() => ModelFile.Save(model, path)).ErrorId);
    }

    private sealed class Progress(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
