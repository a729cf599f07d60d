using CnnViz.Cli;

namespace CnnViz.Tests;

/// <summary>maximize.</summary>
public sealed class MaximizeCommandTests : CliTest
{
    private static readonly string[] Quick = ["maximize", "--model", "lenet5-digits", "--step", "5"];

    [Fact]
    public void Classes_become_a_sheet_and_say_what_the_model_sees()
    {
        var images = RunJson(["maximize", "--model", "lenet5-digits", "--class", "3,7", "--output", PathOf("sheet.png")]).GetProperty("Images").EnumerateArray().ToArray();
        Assert.Equal(["3", "7"], images.Select(image => image.GetProperty("Title").GetString()));
        Assert.All(images, image => Assert.True(image.GetProperty("Probability").GetDouble() >= 0.96));
        Assert.Equal("Invoke-ClassMaximization", ImageSource.FromPath(PathOf("sheet.png")).Read().Recipe?.Operation);
    }

    [Fact]
    public void A_picture_alone_is_the_network_s_input_again()
    {
        var made = RunJson([.. Quick, "--class", "3", "--output", PathOf("three.png")]).GetProperty("Images")[0];
        Assert.True(ImageSource.FromPath(PathOf("three.png")).Read().IsNetworkInput);
        var seen = RunJson("predict", PathOf("three.png"), "--model", "lenet5-digits", "--top", "10");
        Assert.Contains(made.GetProperty("Probability").GetDouble().ToString("g4", System.Globalization.CultureInfo.InvariantCulture)[..4], seen.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_layers_and_neurons_have_files_of_their_own()
    {
        RunJson([.. Quick, "--layer", "conv1", "--channel", "0..2,5", "--preset", "thesis000", "--size", "40x30", "--directory", PathOf("channels")]);
        Assert.Equal(4, Directory.GetFiles(PathOf("channels"), "*.png").Length);
        RunJson([.. Quick, "--layer", "conv1", "--neuron", "1,20,20", "--regularization", "l2 0.01,blur 0.5 every 2", "--output", PathOf("neuron.png")]);
        Assert.Equal([1, 28, 28], ImageSource.FromPath(PathOf("neuron.png")).Read().Shape);
    }

    [Fact]
    public void A_run_shows_how_the_picture_came_to_be()
    {
        RunJson([.. Quick, "--class", "3", "--frame-path", PathOf("growing.gif"), "--frame-interval", "1", "--checkpoint-path", PathOf("run.checkpoint")]);
        Assert.True(new FileInfo(PathOf("growing.gif")).Length > 0);
        Assert.True(File.Exists(PathOf("run.checkpoint")));
    }

    [Fact]
    public void Mistakes_are_said()
    {
        AssertFails(Run([.. Quick, "--class", "Top1"]), ExitCode.Failed, "ArgumentInvalid");
        AssertFails(Run([.. Quick, "--layer", "conv1", "--channel", "6"]), ExitCode.Failed, "IndexOutOfRange");
        AssertFails(Run([.. Quick, "--preset", "Google"]), ExitCode.WrongArguments, "ArgumentInvalid");
    }
}
