using System.Text.RegularExpressions;

namespace CnnViz.Tests;

public sealed class TourCommandTests : CliTest
{
    [Fact]
    public void A_quick_tour_makes_a_page_that_needs_nothing_from_elsewhere()
    {
        var folder = PathOf("out/tour");

        var result = RunJson("tour", "--quick", "--directory", folder);

        var files = result.GetProperty("Files").EnumerateArray().Select(file => file.GetString()!).ToArray();
        Assert.All(files, file => Assert.True(File.Exists(file), file));
        string[] expected =
        [
            "digits", "digit-values", "own-filters", "four-filters", "filters-conv1", "filters-conv2", "maps-layer1", "maps-layer2", "predictions", "saliency", "adversarial", "adversarial-saliency", "robustness",
            "maximized-classes", "maximized-conv1", "maximized-conv2", "transfer-pictures", "pattern-classes", "pattern-channels", "dream-before", "dream",
            "style-content", "style-style", "style-weights",
        ];
        Assert.All(expected, name => Assert.NotNull(ImageSource.FromPath(Path.Join(folder, $"{name}.png")).Read().Recipe));
        var page = File.ReadAllText(result.GetProperty("Page").GetString()!);
        Assert.DoesNotMatch(new Regex(@"(src|href|url)\s*[=(]\s*[""']?\s*(https?:)?//", RegexOptions.IgnoreCase), page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(18, Regex.Count(page, "<section"));
        foreach (Match link in Regex.Matches(page, "<a href=\"([^\"#]+)\""))
            Assert.True(File.Exists(Path.Join(folder, link.Groups[1].Value)), link.Value);
        Assert.True(result.GetProperty("History").EnumerateArray().Last().GetProperty("TestAccuracy").GetDouble() > 0.85);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = PathOf("file");
        File.WriteAllText(file, "");

        AssertFails(Run("tour", "--quick", "--directory", file), 1, "OutputUnwritable");
    }
}
