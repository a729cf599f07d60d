using CnnViz.Imaging;
using CnnViz.Reporting;

namespace CnnViz.Tests.Reporting;

/// <summary>Robustness is shown as a curve, transfer as a matrix.</summary>
public sealed class AttackPictureTests
{
    private static readonly Recipe Recipe = new() { Operation = "test" };

    [Fact]
    public void Points_are_one_picture_with_a_line_a_model_and_attack()
    {
        RobustnessPoint[] one = [Point(0, 0.9), Point(0.1, 0.5), Point(0.3, 0.1)];
        var single = Picture.Of(one)!.Draw();
        var several = Picture.Of((RobustnessPoint[])[.. one, Point(0, 0.9, "Fgsm"), Point(0.2, 0.7, "Fgsm")])!.Draw();
        Assert.True(Picture.IsPart(one[0]));
        Assert.False(Picture.IsPart(single));
        // A single line has its classes beside it.
        Assert.True(single.Width > several.Width + 100);
        Assert.NotEqual(Colors(single).Count, Colors(several).Count);
        Assert.Equal("net-robustness", Picture.Of(one)!.Name);
        Assert.Same(Recipe, single.Recipe);
        Assert.NotNull(Picture.Of(one[0])!.Draw());
    }

    [Fact]
    public void An_interval_is_drawn_as_a_whisker()
    {
        var narrow = Picture.Of((RobustnessPoint[])[Point(0.1, 0.5) with { Lower = 0.499, Upper = 0.501 }, Point(0.2, 0.5) with { Lower = 0.499, Upper = 0.501 }])!.Draw();
        var wide = Picture.Of((RobustnessPoint[])[Point(0.1, 0.5) with { Lower = 0.2, Upper = 0.8 }, Point(0.2, 0.5) with { Lower = 0.2, Upper = 0.8 }])!.Draw();
        // Blue where the line is; the whiskers of the wide one go over 60 % of the height more.
        Assert.True(Blue(wide) > Blue(narrow) + 100, $"{Blue(wide)} {Blue(narrow)}");
    }

    [Fact]
    public void Rates_are_a_matrix_of_sources_and_judges()
    {
        TransferRate[] rates = [Rate("a", "a", 10), Rate("a", "b", 0), Rate("b", "a", 5)];
        var matrix = Picture.Of(rates)!;
        var colors = Colors(matrix.Draw());
        Assert.Contains(ColorMap.Viridis.At(1), colors);
        Assert.Contains(ColorMap.Viridis.At(0), colors);
        Assert.Contains(ColorMap.Viridis.At(0.5f), colors);
        Assert.Equal("transfer", matrix.Name);
        Assert.True(Picture.Of((TransferRate[])[.. rates, Rate("a", "c", 1)])!.Draw().Width > matrix.Draw().Width - 1);
    }

    private static RobustnessPoint Point(double epsilon, double accuracy, string method = "Pgd") => new()
    {
        Epsilon = epsilon,
        Norm = "Linf",
        Method = method,
        Count = 100,
        CleanCorrect = 90,
        Robust = (int)(100 * accuracy),
        Lower = accuracy - 0.05,
        Upper = accuracy + 0.05,
        Classes = [new ClassRobustness(0, "zero", 50, (int)(50 * accuracy)), new ClassRobustness(1, "one", 50, 0)],
        ModelName = "net",
        Dataset = "digits",
        Recipe = Recipe,
    };

    private static TransferRate Rate(string source, string judge, int fooled) => new()
    {
        SourceModel = source,
        JudgedModel = judge,
        Method = "Pgd",
        Norm = "Linf",
        Epsilon = 0.1,
        IsTargeted = false,
        Count = 10,
        Fooled = fooled,
        Lower = 0,
        Upper = 1,
        Recipe = Recipe,
    };

    private static HashSet<Rgb> Colors(CnnImage image) => [.. Enumerable.Range(0, image.Height * image.Width).Select(image.ColorAt)];

    private static int Blue(CnnImage image) => Enumerable.Range(0, image.Height * image.Width).Count(i => image.ColorAt(i) is { R: < 0.1f, B: > 0.6f });
}
