namespace CnnViz.Tests;

/// <summary>attack and robustness.</summary>
public sealed class AttackCommandTests : CliTest
{
    private const string Model = "lenet5-digits";

    [Fact]
    public void Pictures_that_fool_are_written_and_read_again()
    {
        var folder = PathOf("fooled");
        var examples = RunJson("attack", Digit(6), Digit(3), "--model", Model, "--epsilon", "51/255", "-d", folder).GetProperty("Examples").EnumerateArray().ToArray();

        Assert.Equal(["6", "3"], examples.Select(example => example.GetProperty("Before").GetProperty("Label").GetString()));
        Assert.All(examples, example => Assert.InRange(example.GetProperty("EpsilonAfterSave").GetDouble(), 0, 0.2 + 1e-9));
        Assert.Contains(examples, example => example.GetProperty("Success").GetBoolean());
        Assert.False(examples[0].GetProperty("Adversarial").TryGetProperty("Data", out _));
        foreach (var (file, example) in Directory.GetFiles(folder).Order().Zip(examples.Reverse()))
        {
            var label = RunJson("predict", file, "--model", Model)[0].GetProperty("Label").GetString();
            Assert.Equal(example.GetProperty("After").GetProperty("Label").GetString(), label);
            Assert.Equal("New-AdversarialExample", ImageSource.FromPath(file).Read().Recipe?.Operation);
        }
    }

    [Fact]
    public void A_target_is_reached_and_the_table_is_for_readers()
    {
        var outcome = Run("attack", Digit(3), "--model", Model, "--target", "8", "--epsilon", "0.3", "--transformation", "rotate 10,noise 0.01", "--trial-count", "10");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Matches(@"Before\s+After\s+Success", outcome.Output);
        Assert.Matches(@"3 \d+\.\d % +8 \d+\.\d % +yes", outcome.Output);
    }

    [Fact]
    public void One_picture_fools_several_models_and_a_sheet_shows_what_was_changed()
    {
        var sheet = PathOf("sheet.png");
        var example = RunJson("attack", Digit(3), "--model", $"{Model},{Model}", "--epsilon", "0.25", "-o", sheet).GetProperty("Examples")[0];
        Assert.Equal([true, true], example.GetProperty("ModelSuccess").EnumerateArray().Select(success => success.GetBoolean()));
        var shown = ImageSource.FromPath(sheet).Read();
        // Clean, change and changed picture in a row.
        Assert.True(shown.Width > 2 * shown.Height);
        AssertFails(Run("attack", Digit(3), "--model", $"{Model},patternnet"), 1, "ModelsDiffer");
        Assert.Equal(2, Run("predict", Digit(3), "--model", Model, "--model", Model).ExitCode);
    }

    [Fact]
    public void A_photo_at_full_size_and_a_run_that_is_taken_up_again()
    {
        var checkpoint = PathOf("run.checkpoint");
        string[] attack = ["attack", Digit(3), "--model", Model, "--epsilon", "0.25", "--full-size", "--checkpoint-path", checkpoint];
        var first = RunJson([.. attack]).GetProperty("Examples")[0];
        Assert.True(File.Exists(checkpoint));
        AssertFails(Run([.. attack]), 1, "OutputExists");
        Assert.Equal(first.GetProperty("L2").GetDouble(), RunJson([.. attack, "--resume"]).GetProperty("Examples")[0].GetProperty("L2").GetDouble());
    }

    [Fact]
    public void Transfer_is_a_row_a_pair_and_a_matrix()
    {
        var matrix = PathOf("matrix.png");
        var rates = RunJson("transfer", Digit(3), Digit(6), "--model", Model, "--model", Model, "--epsilon", "0.2", "--step", "10", "-o", matrix).GetProperty("Rates").EnumerateArray().ToArray();
        // The same model twice is one source and two judges.
        Assert.Equal(2, rates.Length);
        Assert.All(rates, rate => Assert.Equal(4, rate.GetProperty("Count").GetInt32()));
        Assert.All(rates, rate => Assert.InRange(rate.GetProperty("Rate").GetDouble(), 0.5, 1));
        Assert.Equal("Measure-CnnTransfer", ImageSource.FromPath(matrix).Read().Recipe?.Operation);
        Assert.Matches(@"Source\s+Judged\s+Count\s+Fooled\s+Rate", Run("transfer", Digit(3), "--model", Model, "--step", "2").Output);
    }

    [Fact]
    public void A_present_target_fails_and_others_go_on()
    {
        var outcome = Run("attack", Digit(6), Digit(3), "--model", Model, "--target", "3", "--epsilon", "0.1", "--step", "2", "--json");
        AssertFails(outcome, 2, "TargetIsPresent");
        Assert.Equal(1, outcome.Json.GetProperty("Examples").GetArrayLength());
    }

    [Theory]
    [InlineData(2, "ArgumentInvalid", "--epsilon", "8/0")]
    [InlineData(2, "ArgumentInvalid", "--epsilon", "2")]
    [InlineData(2, "ArgumentInvalid", "--step", "0")]
    [InlineData(2, "ArgumentInvalid", "--method", "Pdg")]
    [InlineData(2, "ArgumentInvalid", "--transformation", "turn 30")]
    [InlineData(2, "ClassUnknown", "--target", "zebra")]
    public void Bad_arguments_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["attack", Digit(), "--model", Model, .. args]), exitCode, errorId);

    [Fact]
    public void Robustness_is_a_point_an_epsilon()
    {
        var points = RunJson("robustness", "--model", Model, "--epsilon", "0,26/255,0.3", "--step", "5", "--first", "30").GetProperty("Points").EnumerateArray().ToArray();
        Assert.Equal([0, 26.0 / 255, 0.3], points.Select(point => point.GetProperty("Epsilon").GetDouble()));
        var accuracies = points.Select(point => point.GetProperty("Accuracy").GetDouble()).ToArray();
        Assert.True(accuracies[0] > 0.9 && accuracies[0] > accuracies[1] && accuracies[1] > accuracies[2]);
        var curve = PathOf("curve.png");
        var table = Run("robustness", "--model", Model, "--epsilon", "26/255", "--step", "2", "--first", "5", "--method", "Fgsm,Pgd", "-o", curve);
        Assert.Equal("Measure-CnnRobustness", ImageSource.FromPath(curve).Read().Recipe?.Operation);
        Assert.Matches(@"26/255\s+Fgsm\+Pgd\s+5", table.Output);
    }

    [Fact]
    public void Below_the_least_accuracy_it_fails()
    {
        string[] gate = ["robustness", "--model", Model, "--epsilon", "0.3", "--step", "5", "--first", "10"];
        AssertFails(Run([.. gate, "--minimum-accuracy", "0.9"]), 1, "RobustnessBelow");
        Assert.Equal(0, Run([.. gate, "--minimum-accuracy", "0"]).ExitCode);
    }

    [Theory]
    [InlineData(2, "ArgumentInvalid", "--epsilon", "0.1,x")]
    [InlineData(2, "ArgumentInvalid", "--method", "DeepFool")]
    [InlineData(2, "ArgumentInvalid", "--minimum-accuracy", "2")]
    [InlineData(2, "ArgumentInvalid", "--resume")]
    [InlineData(2, "ArgumentInvalid", "--batch-size", "0")]
    public void What_cannot_be_measured_is_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["robustness", "--model", Model, "--first", "5", .. args]), exitCode, errorId);
}
