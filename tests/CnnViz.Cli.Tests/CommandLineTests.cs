using CnnViz.Cli;
using CnnViz.Cli.Output;

namespace CnnViz.Tests;

public sealed class CommandLineTests : CliTest
{
    public static TheoryData<string> CommandNames => [.. CommandLine.Create().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Every_command_has_help_with_examples_that_parse(string name)
    {
        var root = CommandLine.Create();
        var command = (CliCommand)root.Subcommands.Single(subcommand => subcommand.Name == name);

        var help = Run(name, "--help");

        Assert.Equal(0, help.ExitCode);
        Assert.NotEmpty(command.Examples);
        foreach (var example in command.Examples)
        {
            Assert.Contains(example, help.Output, StringComparison.Ordinal);
            Assert.Empty(root.Parse(example["cnnviz ".Length..].Replace('\'', '"')).Errors);
        }
        Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), option.Name));
        Assert.Equal(command.Options.Count, command.Options.Select(option => option.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("layers", "--nonsense")]
    [InlineData]
    public void What_cannot_be_understood_ends_with_2_and_nothing_on_standard_output(params string[] args)
    {
        var outcome = Run(args);

        AssertFails(outcome, 2, "ArgumentInvalid");
        Assert.Contains("--help", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task As_a_process_results_and_errors_go_apart_and_the_version_is_told()
    {
        using var version = CliProcess.Start("--version");
        using var failing = CliProcess.Start("layers", "--model", "none", "--json");
        var (told, error) = (await version.StandardOutput.ReadToEndAsync(), await failing.StandardError.ReadToEndAsync());
        await Task.WhenAll(version.WaitForExitAsync(), failing.WaitForExitAsync());

        Assert.Equal((0, 1), (version.ExitCode, failing.ExitCode));
        Assert.StartsWith(typeof(CnnModel).Assembly.GetName().Version!.ToString(3), told, StringComparison.Ordinal);
        Assert.Contains("error CnnViz.ModelNotFound: ", error, StringComparison.Ordinal);
        Assert.Empty(await failing.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public void Runtime_tells_what_computes()
    {
        var report = RunJson("runtime", "--no-speed");

        Assert.Equal("2.10.0", report.GetProperty("LibTorchVersion").GetString());
        Assert.NotEmpty(report.GetProperty("OneDnn").GetProperty("Reason").GetString()!);
        Assert.Contains("cpu", report.GetProperty("Devices").EnumerateArray().Select(device => device.GetString()));
        Assert.Contains("oneDNN", Run("runtime", "--no-speed").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'a' exists already. Use -Force to replace it.", "'a' exists already. Use --force to replace it.")]
    [InlineData("or -Preprocessing Standard. Get-CnnLayer lists all.", "or --preprocessing Standard. cnnviz layers lists all.")]
    [InlineData("'my-File.png' and 'out/-Odd' stay, 3 -4 too", "'my-File.png' and 'out/-Odd' stay, 3 -4 too")]
    public void Errors_speak_of_options_and_commands(string message, string expected) => Assert.Equal(expected, ErrorWording.ForCommandLine(message));

    [Fact]
    public void Quiet_leaves_errors_only()
    {
        Assert.Empty(Run("samples", "-o", PathOf("a.png"), "--quiet").Error);
        Assert.NotEmpty(Run("samples", "-o", PathOf("b.png")).Error);
        AssertFails(Run("samples", "-o", PathOf("a.png"), "--quiet"), 1, "OutputExists");
    }
}
