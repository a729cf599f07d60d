namespace CnnViz.Tests;

/// <summary>report.</summary>
public sealed class ReportCommandTests : CliTest
{
    [Fact]
    public void Pictures_become_one_page_with_their_recipes()
    {
        var (digits, edges, page) = (PathOf("digits.png"), PathOf("edges.png"), PathOf("page.html"));
        RunJson("samples", "--first", "1", "--output", digits);
        RunJson("convolve", digits, "--kernel", "SobelX", "--output", edges);

        var told = RunJson("report", digits, edges, "--output", page, "--title", "Edges");

        Assert.Equal(2, told.GetProperty("Pictures").GetInt32());
        var html = File.ReadAllText(page);
        Assert.Contains("<h1>Edges</h1>", html, StringComparison.Ordinal);
        Assert.Contains("\"operation\": \"Invoke-CnnConvolution\"", html, StringComparison.Ordinal);
        AssertFails(Run("report", digits, "--output", page), 1, "OutputExists");
        AssertFails(Run("report", PathOf("missing.png"), "--output", PathOf("none.html")), 1, "FileNotFound");
        Assert.False(File.Exists(PathOf("none.html")));
    }
}
