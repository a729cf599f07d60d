using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnViz.Reporting;

/// <summary>Writes a <see cref="Recipe"/> as JSON and reads it back: the form in which it stands in a picture's metadata.</summary>
public static class RecipeJson
{
    private static readonly RecipeJsonContext Readable = new(new JsonSerializerOptions(RecipeJsonContext.Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The recipe as one line of JSON, camel-case names, empty entries left out.</summary>
    public static string Write(Recipe recipe) => JsonSerializer.Serialize(recipe, RecipeJsonContext.Default.Recipe);

    /// <summary>The same on many lines, for people.</summary>
    public static string WriteIndented(Recipe recipe) => JsonSerializer.Serialize(recipe, Readable.Recipe);

    /// <summary>The recipe that the JSON holds; null where it holds none.</summary>
    public static Recipe? TryRead(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecipeJsonContext.Default.Recipe);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJsonContext : JsonSerializerContext;
