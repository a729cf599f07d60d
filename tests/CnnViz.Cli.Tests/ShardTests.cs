using System.Text.Json;

namespace CnnViz.Tests;

/// <summary>One command in several processes, as machines share a folder of pictures.</summary>
public sealed class ShardTests : CliTest
{
    private const string Model = "lenet5-digits";

    private string[] Pictures => [.. Enumerable.Range(0, 10).Select(Digit)];

    [Fact]
    public void Merged_shards_are_the_whole_bit_for_bit()
    {
        string[] command = ["saliency", .. Pictures, "--model", Model, "--method", "Gradient,GradCam", "--batch-size", "2"];
        var whole = RunJson([.. command, "--output", PathOf("values.safetensors"), "--directory", PathOf("whole")]);
        foreach (var shard in (string[])["3/3", "1/3", "2/3"])
            RunJson([.. command, "--output", "values.safetensors", "--directory", PathOf("shards"), "--shard", shard]);
        var merged = RunJson("merge", PathOf("shards"), "--output", PathOf("all"));

        Assert.Equal(whole.GetProperty("Maps").GetRawText(), merged.GetProperty("Maps").GetRawText());
        Assert.Equal(20, Directory.GetFiles(PathOf("whole")).Length);
        Assert.Equal(22, Directory.GetFiles(PathOf("all")).Length);
        foreach (var file in Directory.GetFiles(PathOf("whole")))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Join(PathOf("all"), Path.GetFileName(file))));
        Assert.Equal(File.ReadAllBytes(PathOf("values.safetensors")), File.ReadAllBytes(Path.Join(PathOf("all"), "values.safetensors")));
    }

    [Fact]
    public async Task A_process_that_is_killed_midway_and_run_again_loses_and_doubles_nothing()
    {
        string[] command = ["robustness", "--model", Model, "--epsilon", "0,0.1", "--step", "60", "--first", "96", "--batch-size", "16", "--directory", PathOf("shards"), "--shard"];
        using (var killed = CliProcess.Start([.. command, "2/2"]))
        {
            // It has begun when its folder is there under its other name.
            while (!Directory.Exists(PathOf("shards")) || Directory.GetDirectories(PathOf("shards")).Length == 0)
                await Task.Delay(20);
            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync();
        }
        Assert.False(Directory.Exists(Path.Join(PathOf("shards"), "shard-2-of-2")));
        RunJson([.. command, "1/2"]);
        AssertFails(Run("merge", PathOf("shards")), 1, "ShardsMissing");
        RunJson([.. command, "2/2"]);
        Assert.Contains("is there already", Run([.. command, "2/2"]).Error, StringComparison.Ordinal);

        var merged = RunJson("merge", PathOf("shards")).GetProperty("Points");
        var whole = RunJson(command[..^3]).GetProperty("Points");
        Assert.Equal(96, merged[0].GetProperty("Count").GetInt32());
        Assert.Equal(Facts(whole), Facts(merged));
        Assert.True(File.Exists(Path.Join(PathOf("shards"), "merged", "results.json")));

        static string[] Facts(JsonElement points) =>
            [.. points.EnumerateArray().Select(point => $"{point.GetProperty("Robust")} {point.GetProperty("CleanCorrect")} {point.GetProperty("Lower")} {point.GetProperty("Classes").GetRawText()}")];
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_told_of_in_the_merged_results()
    {
        File.WriteAllText(PathOf("broken.png"), "no picture");
        string[] command = ["predict", PathOf("broken.png"), Digit(3), Digit(4), "--model", Model, "--directory", PathOf("shards"), "--shard"];
        Assert.Equal(1, Run([.. command, "1/1"]).ExitCode);
        var merged = Run("merge", PathOf("shards"), "--output", PathOf("all"), "--json");
        Assert.Equal(1, merged.ExitCode);
        Assert.Contains("ImageUnreadable", merged.Error, StringComparison.Ordinal);
        Assert.Contains("3", merged.Json[0].GetProperty("Label").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, JsonDocument.Parse(File.ReadAllText(Path.Join(PathOf("all"), "results.json"))).RootElement.GetProperty("Errors").GetArrayLength());
        AssertFails(Run("merge", PathOf("shards"), "--output", PathOf("all")), 1, "OutputExists");
        Assert.Contains("ImageUnreadable", Run("merge", PathOf("shards"), "--output", PathOf("all"), "--force").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_one_name_from_several_folders_all_stay()
    {
        foreach (var folder in (string[])["a", "b"])
        {
            Directory.CreateDirectory(PathOf(folder));
            File.Copy(Digit(5), Path.Join(PathOf(folder), "same.png"));
        }
        foreach (var shard in (string[])["1/2", "2/2"])
            RunJson("saliency", Path.Join(PathOf("a"), "same.png"), Path.Join(PathOf("b"), "same.png"), "--model", Model, "--method", "Gradient", "--batch-size", "1", "-d", PathOf("shards"), "--shard", shard);
        var files = RunJson("merge", PathOf("shards"), "--output", PathOf("all")).GetProperty("Files").EnumerateArray().Select(file => file.GetString()).ToArray();
        Assert.Equal(["same-Gradient-5-2.png", "same-Gradient-5.png"], files.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.True(File.Exists(Path.Join(PathOf("all"), file))));
    }

    [Fact]
    public void Shards_may_be_written_in_several_places_and_put_together()
    {
        string[] command = ["attack", Digit(1), Digit(2), "--model", Model, "--epsilon", "1/4", "--step", "1", "--step-size", "1/2"];
        RunJson([.. command, "--shard", "1/2", "--directory", PathOf("here")]);
        Run([.. command, "--directory", PathOf("there"), "--shard", "2/2", "--quiet"]);
        Directory.Move(Path.Join(PathOf("there"), "shard-2-of-2"), Path.Join(PathOf("here"), "shard-2-of-2"));
        Assert.Equal(2, RunJson("merge", PathOf("here")).GetProperty("Examples").GetArrayLength());
    }

    [Fact]
    public void Shards_of_other_runs_are_refused()
    {
        RunJson("predict", Digit(1), "--model", Model, "--directory", PathOf("shards"), "--shard", "1/2");
        RunJson("predict", Digit(2), "--model", Model, "--directory", PathOf("shards"), "--shard", "2/2");
        AssertFails(Run("merge", PathOf("shards")), 1, "ShardsDiffer");
        Assert.False(Directory.Exists(Path.Join(PathOf("shards"), "merged")));
    }

    [Theory]
    [InlineData("--shard", "3/2", "--directory", "x")]
    [InlineData("--shard", "half", "--directory", "x")]
    [InlineData("--shard", "1/2")]
    [InlineData("--shard", "1/2", "--directory", "x", "--output", "x/sheet.png")]
    public void A_shard_is_one_of_several_and_has_a_folder(params string[] args) =>
        AssertFails(Run(["saliency", Digit(), "--method", "Gradient", "--model", Model, .. args]), 2, "ArgumentInvalid");
}
