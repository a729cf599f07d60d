using System.Text.Json;
using System.Text.Json.Nodes;
using CnnViz.Files;
using CnnViz.Networks.Weights;

namespace CnnViz.Reporting;

/// <summary>Recipes in files: in the text of a picture, in the metadata of a model or of saved values, or as JSON beside a file.</summary>
public static class RecipeFile
{
    /// <summary>The ending of a file of JSON that stands beside another.</summary>
    public const string Ending = ".recipe.json";

    private const string SafetensorsEnding = ".safetensors";

    /// <summary>The file of JSON that stands beside another: <c>six.recipe.json</c> beside <c>six.png</c>.</summary>
    public static string Beside(string path) => Path.ChangeExtension(path, Ending);

    /// <summary>Writes recipes, for people to read: one as an object, several as a list.</summary>
    /// <param name="recipes">The recipes, at least one.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public static void Save(IReadOnlyList<Recipe> recipes, string path, bool force = false)
    {
        var texts = recipes.Select(RecipeJson.WriteIndented).ToArray();
        var json = texts is [var only] ? only : $"[\n{string.Join(",\n", texts)}\n]";
        OutputFile.Write(path, force, stream =>
        {
            using var writer = new StreamWriter(stream);
            writer.Write($"{json}\n");
        });
    }

    /// <summary>The recipes of a file: a picture has one, a .safetensors one for each tensor that was saved with it.</summary>
    /// <param name="path">A picture, a model, saved values, or a file of JSON.</param>
    /// <exception cref="CnnVizException"><c>RecipeNotFound</c>: it has none, nor is there one beside it; <c>FileNotFound</c>, and as <see cref="ImageSource.Read"/>.</exception>
    public static IReadOnlyList<Recipe> Read(string path)
    {
        if (!File.Exists(path))
            throw Errors.FileNotFound(path);
        var found = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => FromJson(path),
            SafetensorsEnding => FromMetadata(path),
            ".npy" => [],
            _ => ImageSource.FromPath(path).Read().Recipe is { } recipe ? [recipe] : [],
        };
        if (found.Count == 0 && Beside(path) is var beside && beside != path && File.Exists(beside))
            found = FromJson(beside);
        return found.Count > 0 ? found : throw Errors.RecipeNotFound(path);
    }

    private static IReadOnlyList<Recipe> FromJson(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            var nodes = JsonNode.Parse(text) is JsonArray list ? list.Select(node => node!.ToJsonString()) : [text];
            return [.. nodes.Select(RecipeJson.TryRead).OfType<Recipe>()];
        }
        catch (JsonException failure)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }

    private static IReadOnlyList<Recipe> FromMetadata(string path)
    {
        using var file = WeightFile.Open(path);
        return [.. file.Metadata.Values.Select(RecipeIn).OfType<Recipe>()];
    }

    /// <summary>The recipe of a model, or the one within what is known of a saved tensor.</summary>
    private static Recipe? RecipeIn(string text)
    {
        if (RecipeJson.TryRead(text) is { } recipe)
            return recipe;
        try
        {
            return JsonNode.Parse(text) is JsonObject facts && facts["Recipe"] is { } inner ? RecipeJson.TryRead(inner.ToJsonString()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
