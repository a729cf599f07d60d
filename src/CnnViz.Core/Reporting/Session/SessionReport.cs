using System.Globalization;
using CnnViz.Imaging;

namespace CnnViz.Reporting;

/// <summary>Makes a page of whatever results there are: a section for each picture that they are of, and for what is of none.</summary>
public static class SessionReport
{
    /// <summary>The heading unless told.</summary>
    public const string UsualTitle = "What the networks see";

    /// <summary>Whether a thing has a picture, a curve or a table to show.</summary>
    public static bool Shows(object thing) => thing is RobustnessPoint or SaliencyMeasurement || Picture.Of(thing) is not null;

    /// <summary>Makes the page.</summary>
    /// <param name="things">The results and pictures, in order; all of them show something.</param>
    /// <param name="title">The heading.</param>
    /// <param name="drawing">How maps are drawn; the usual choices where null.</param>
    public static ReportPage Make(IReadOnlyList<object> things, string title = UsualTitle, DrawingOptions? drawing = null)
    {
        var explained = things.Where(thing => !IsPlain(thing)).Select(SourceOf).ToHashSet();
        var groups = things.GroupBy(thing => TitleOf(thing, isByItself: IsPlain(thing) && !explained.Contains(SourceOf(thing)))).ToArray();
        var sections = groups.Select(group => new SessionSection(group.Key.Title, [.. group], group.Key.Source is not null, drawing ?? DrawingOptions.Default).Make()).ToArray();
        var recipes = things.Select(Recipes.OfResult).OfType<Recipe>().ToArray();
        var models = recipes.Select(recipe => recipe.Model).OfType<string>().Distinct().ToArray();
        var operations = recipes.Select(recipe => recipe.Operation).Distinct().ToArray();
        return new ReportPage(title, Lead(operations, models), Facts(things, groups.Count(group => group.Key.Source is not null), models), sections);
    }

    private static bool IsPlain(object thing) => thing is CnnImage { Recipe: null };

    /// <summary>What a thing is of: a picture, or else its kind. Pictures that nothing else is of stand together.</summary>
    private static (string? Source, string Title) TitleOf(object thing, bool isByItself) => isByItself || SourceOf(thing) is not { } source
        ? (null, KindOf(thing))
        : (source, File.Exists(source) ? Path.GetFileName(source) : source);

    /// <summary>A picture that was saved is of what its recipe was given, and not of its own file.</summary>
    private static string? SourceOf(object thing) => thing is CnnImage { Recipe: { } recipe }
        ? recipe.Inputs.FirstOrDefault(input => input.Name is not ("Model" or "Dataset"))?.Source
        : thing is SaliencyMeasurement measured ? measured.Source
        : Picture.Of(thing)?.Source;

    private static string KindOf(object thing) => thing switch
    {
        RobustnessPoint => "Robustness",
        CnnModel => "Training",
        CnnFilter => "Filters",
        SynthesizedImage => "Made of noise",
        CnnImage { Recipe: { } recipe } => recipe.Operation switch
        {
            "Get-CnnFilter" => "Filters",
            "Invoke-ClassMaximization" => "Made of noise",
            _ => "Pictures",
        },
        _ => "Pictures",
    };

    private static string Lead(string[] operations, string[] models) =>
        operations.Length == 0 ? "" : $"Made by {Listed(operations)}{(models.Length == 0 ? "" : $" with {Listed(models)}")}. How each was made stands below it; its recipe makes it again.";

    private static (string Value, string Name)[] Facts(IReadOnlyList<object> things, int pictures, string[] models) =>
    [
        (Number(things.Count), things.Count == 1 ? "result" : "results"),
        .. pictures == 0 ? Array.Empty<(string, string)>() : [(Number(pictures), pictures == 1 ? "picture looked at" : "pictures looked at")],
        .. models.Length == 0 ? Array.Empty<(string, string)>() : [(Number(models.Length), models.Length == 1 ? "network" : "networks")],
    ];

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Listed(string[] names) => names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : names[0];
}
