using System.Diagnostics;
using System.Text.Json;

namespace CnnViz.Tests;

public sealed class TrainCommandTests : CliTest
{
    [Fact]
    public void A_checkpoint_takes_no_files_place_unasked()
    {
        var mine = PathOf("mine.txt");
        File.WriteAllText(mine, "mine");

        AssertFails(Run("train", "--epoch", "1", "--output", PathOf("model.safetensors"), "--checkpoint-path", mine), 1, "OutputExists");

        Assert.Equal("mine", File.ReadAllText(mine));
    }

    [Fact]
    public void Writes_a_model_that_predicts_and_tells_its_history()
    {
        var model = PathOf("model.safetensors");

        var result = RunJson("train", "--dataset", SmallDataset(), "--epoch", "2", "--batch-size", "64", "--seed", "3", "-o", model);

        Assert.Equal(2, result.GetProperty("History").GetArrayLength());
        Assert.Equal("lenet5", result.GetProperty("Architecture").GetString());
        Assert.Equal(model, result.GetProperty("Files")[0].GetString());
        Assert.Equal(3, RunJson("predict", Digit(), "--model", model, "--top", "3").GetArrayLength());
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        var dataset = SmallDataset();
        string? Hash(string name) =>
            RunJson("train", "--dataset", dataset, "--epoch", "1", "--seed", "7", "--quiet", "-o", PathOf(name)).GetProperty("WeightsHash").GetString();

        Assert.Equal(Hash("a.safetensors"), Hash("b.safetensors"));
    }

    [Fact]
    public void An_output_that_is_there_is_replaced_only_with_force()
    {
        var model = PathOf("model.safetensors");
        File.WriteAllText(model, "mine");

        var refused = Run("train", "--dataset", SmallDataset(), "--epoch", "1", "-o", model);

        AssertFails(refused, 1, "OutputExists");
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(model));
        Assert.Equal(0, Run("train", "--dataset", SmallDataset(), "--epoch", "1", "-o", model, "--force").ExitCode);
        Assert.True(new FileInfo(model).Length > 100_000);
    }

    [Theory]
    [InlineData(2, "ArgumentInvalid", "--epoch", "0")]
    [InlineData(2, "ArgumentInvalid", "--variant", "LeNet7")]
    [InlineData(2, "ArgumentInvalid", "--learning-rate", "fast")]
    [InlineData(2, "ArgumentInvalid", "--resume")]
    [InlineData(1, "DatasetNotFound", "--dataset", "no-such-folder")]
    public void Bad_arguments_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["train", "-o", PathOf("model.safetensors"), .. args]), exitCode, errorId);

    [Fact]
    public void Any_model_is_trained_on_with_a_part_of_it_frozen()
    {
        var model = PathOf("frozen.safetensors");

        var result = RunJson(
            "train", "--model", "lenet5-digits", "--dataset", SmallDataset(), "--freeze", "conv*,bn*", "--optimizer", "Sgd", "--nesterov", "--validation-split", "0.2",
            "--augmentation", "shift=1,rotate", "--epoch", "1", "--seed", "3", "-o", model);

        Assert.Equal("lenet5", result.GetProperty("Architecture").GetString());
        Assert.Equal(JsonValueKind.Number, result.GetProperty("History")[0].GetProperty("ValidationLoss").ValueKind);
        Assert.Equal(3, RunJson("predict", Digit(), "--model", model, "--top", "3").GetArrayLength());
    }

    [Theory]
    [InlineData("--model", "--freeze", "conv*")]
    [InlineData("no --model", "--variant", "Thesis", "--model", "lenet5-digits")]
    public void Options_of_the_other_kind_of_training_are_refused(string expected, params string[] args)
    {
        var result = Run(["train", "-o", PathOf("model.safetensors"), "--dataset", SmallDataset(), .. args]);
        AssertFails(result, 2, "ArgumentInvalid");
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_is_required() => AssertFails(Run("train"), 2, "ArgumentInvalid");

    [Fact]
    public async Task Interrupted_it_keeps_the_last_whole_epoch()
    {
        if (OperatingSystem.IsWindows())
            return;
        var (model, checkpoint) = (PathOf("model.safetensors"), PathOf("run.checkpoint"));
        using var process = CliProcess.Start("train", "--dataset", SmallDataset(), "--epoch", "100000", "-o", model, "--checkpoint-path", checkpoint);
        for (var waited = 0; !File.Exists(checkpoint) && !process.HasExited && waited < 1200; waited++)
            await Task.Delay(50);

        var error = process.StandardError.ReadToEndAsync();
        // A process that a shell has started in the background does not hear SIGINT, nor do its children.
        foreach (var signal in (string[])["-INT", "-TERM", "-KILL"])
        {
            using (var kill = Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            if (process.WaitForExit(TimeSpan.FromSeconds(20)))
                break;
        }

        Assert.True(process.ExitCode == 130, await error);
        Assert.Contains("Interrupted; the model as it was after epoch", await error, StringComparison.Ordinal);
        Assert.Equal(1, RunJson("predict", Digit(), "--model", model, "--top", "1").GetArrayLength());
    }
}
