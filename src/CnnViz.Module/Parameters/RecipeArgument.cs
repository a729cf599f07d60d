using System.Management.Automation;
using CnnViz.Reporting;

namespace CnnViz.Parameters;

/// <summary>A recipe, with the file that it stands in or the result that it is of, which it can be compared with.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Path">The full path of its file; null where it came with a result or by itself.</param>
/// <param name="Result">The result; null where it came from a file or by itself.</param>
internal sealed record RecipeArgument(Recipe Recipe, string? Path, object? Result)
{
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".webp", ".gif"];

    /// <summary>The recipes of what came down the pipeline: recipes, results, files and paths.</summary>
    /// <exception cref="CnnVizException"><c>RecipeNotFound</c>, and as <see cref="RecipeFile.Read"/>.</exception>
    public static IEnumerable<RecipeArgument> Of(PathIntrinsics paths, PSObject item) => item.BaseObject switch
    {
        Recipe recipe => [new RecipeArgument(recipe, item.Properties[nameof(Path)]?.Value as string, null)],
        string path => SessionPaths.Resolve(paths, path).SelectMany(OfFile),
        FileInfo file => OfFile(file.FullName),
        var result when Recipes.OfResult(result) is { } recipe => [new RecipeArgument(recipe, null, result)],
        _ => item.Properties["PSPath"]?.Value is string path ? OfFile(SessionPaths.ResolveLiteral(paths, path)) : throw Errors.RecipeNotFound(item.ToString()),
    };

    /// <summary>The recipes of a file.</summary>
    /// <exception cref="CnnVizException">As <see cref="RecipeFile.Read"/>.</exception>
    public static IEnumerable<RecipeArgument> OfFile(string path) => RecipeFile.Read(path).Select(recipe => new RecipeArgument(recipe, path, null));

    /// <summary>The picture that the recipe's file is, or stands beside; null where there is none.</summary>
    public string? PicturePath
    {
        get
        {
            if (Path is null || IsPicture(Path))
                return Path;
            if (!Path.EndsWith(RecipeFile.Ending, StringComparison.OrdinalIgnoreCase))
                return null;
            var stem = Path[..^RecipeFile.Ending.Length];
            return PictureEndings.Select(ending => stem + ending).FirstOrDefault(File.Exists);
        }
    }

    private static bool IsPicture(string path) => PictureEndings.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
