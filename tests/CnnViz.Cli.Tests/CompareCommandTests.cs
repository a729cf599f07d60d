namespace CnnViz.Tests;

public sealed class CompareCommandTests : CliTest
{
    [Fact]
    public void Tells_how_two_models_differ()
    {
        var result = RunJson("compare", Digit(), "--reference", "lenet5-digits", "--difference", "lenet5", "--output", PathOf("both.png"));
        Assert.Equal(1, result.GetProperty("Summary").GetProperty("Count").GetInt32());
        var comparison = result.GetProperty("Comparisons")[0];
        Assert.InRange(comparison.GetProperty("RankCorrelation").GetDouble(), -1, 0.999);
        Assert.Equal("conv1", comparison.GetProperty("Layers")[0].GetProperty("Layer").GetString());
        Assert.True(File.Exists(PathOf("both.png")));
    }

    [Fact]
    public void The_gate_is_the_exit_code()
    {
        Assert.Equal(0, Run("compare", Digit(), "--reference", "lenet5-digits", "--difference", "lenet5-digits", "--fail-above", "0", "--minimum-correlation", "0.99").ExitCode);
        AssertFails(Run("compare", Digit(), "--reference", "lenet5-digits", "--difference", "lenet5", "--minimum-correlation", "0.999"), 1, "ModelsDiffer");
    }
}
