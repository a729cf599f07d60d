namespace CnnViz.Tests;

/// <summary>dream.</summary>
public sealed class DreamCommandTests : CliTest
{
    private const string Model = "lenet5-digits";

    [Fact]
    public void A_dream_is_saved_and_told()
    {
        var path = PathOf("dream.png");
        var image = RunJson("dream", Digit(6), "--model", Model, "--layer", "conv2", "--octave", "2", "--step", "3", "--output", path).GetProperty("Images")[0];
        Assert.Equal("conv2", image.GetProperty("Layer").GetString());
        Assert.Equal(6, image.GetProperty("History").GetArrayLength());
        var saved = ImageSource.FromPath(path).Read();
        Assert.Equal([1, 28, 28], saved.Shape);
        Assert.Equal("Invoke-DeepDream", saved.Recipe?.Operation);
    }

    [Fact]
    public void Several_pictures_are_runs_of_their_own_and_a_bad_one_is_reported()
    {
        string[] quick = ["--model", Model, "--octave", "1", "--step", "1"];
        var outcome = Run(["dream", Digit(6), PathOf("nothing.png"), Digit(3), .. quick, "--directory", PathOf("dreams")]);
        AssertFails(outcome, 1, "FileNotFound");
        Assert.Equal(2, Directory.GetFiles(PathOf("dreams")).Length);
        Assert.Contains("dreams of 'tanh2'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journey_becomes_an_animation()
    {
        var path = PathOf("journey.gif");
        RunJson("dream", Digit(6), "--model", Model, "--octave", "1", "--step", "1", "--zoom", "3", "--frame-path", path);
        Assert.Equal("GIF89a"u8, File.ReadAllBytes(path).AsSpan(0, 6));
        AssertFails(Run("dream", Digit(6), Digit(3), "--model", Model, "--octave", "1", "--step", "1", "--frame-path", PathOf("two.gif")), 2, "ArgumentInvalid");
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        AssertFails(Run("dream", Digit(6), "--model", Model, "--layer", "convv2"), 1, "LayerNotFound");
        AssertFails(Run("dream", Digit(6), "--model", Model, "--channel", "1,99", "--layer", "conv2"), 2, "IndexOutOfRange");
        AssertFails(Run("dream", Digit(6), "--model", Model, "--octave", "40"), 2, "OctaveTooSmall");
    }
}
