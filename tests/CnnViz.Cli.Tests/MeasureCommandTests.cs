namespace CnnViz.Tests;

/// <summary>measure.</summary>
public sealed class MeasureCommandTests : CliTest
{
    [Fact]
    public void Methods_are_measured_ranked_and_drawn()
    {
        var curves = PathOf("curves.png");
        var result = RunJson("measure", Digit(6), "--model", "lenet5-digits", "--method", "Gradient,GradCam", "--output", curves);

        var measured = result.GetProperty("Measurements").EnumerateArray().ToArray();
        Assert.Equal([1, 2], measured.Select(one => one.GetProperty("Rank").GetInt32()));
        Assert.Equal(["GradCam", "Gradient"], measured.Select(one => one.GetProperty("Method").GetString()).Order());
        var deletion = measured[0].GetProperty("DeletionCurve").EnumerateArray().ToArray();
        Assert.Equal((0, 1), (deletion[0].GetProperty("Fraction").GetDouble(), deletion[^1].GetProperty("Fraction").GetDouble()));
        Assert.Equal(2, result.GetProperty("Methods").GetArrayLength());
        Assert.True(new FileInfo(curves).Length > 1000);
    }

    [Fact]
    public void The_table_is_for_readers_and_settings_are_taken()
    {
        var outcome = Run(
            "measure", Digit(6), "--model", "lenet5-digits", "--measure", "Deletion,MaxSensitivity", "--pixel-step", "100", "--noise-count", "2", "--batch-size", "4", "--seed", "3");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Matches(@"Rank\s+Method\s+Score", outcome.Output);
        Assert.Contains("Gradient", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "ArgumentInvalid", "--measure", "Delection")]
    [InlineData(2, "ArgumentInvalid", "--pixel-step", "0")]
    [InlineData(2, "ClassUnknown", "--target", "zebra")]
    public void Bad_arguments_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["measure", Digit(), "--model", "lenet5-digits", .. args]), exitCode, errorId);
}
