using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CnnViz.Files;

namespace CnnViz.Cli.Output;

/// <summary>Writes results as JSON with the names that they have in PowerShell: of a tensor its shape and range, of a model its name and figures.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
    };

    public static void Write(TextWriter output, object result) => output.WriteLine(JsonSerializer.Serialize(result, Options));

    /// <summary>Writes a result to a file that is not there yet.</summary>
    /// <exception cref="CnnVizException"><c>OutputExists</c>, <c>OutputUnwritable</c>.</exception>
    public static void Save(string path, object result) =>
        OutputFile.Write(path, force: false, stream => JsonSerializer.Serialize(stream, result, Options));

    /// <summary>A result as a tree.</summary>
    public static JsonNode ToNode(object result) => JsonSerializer.SerializeToNode(result, Options)!;

    /// <summary>Reads what was written.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("It is null.");

    /// <summary>Values by the thousand, and what a result holds only for the next cmdlet in a pipeline.</summary>
    private static void LeaveOut(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            var isValues = typeof(CnnTensor).IsAssignableFrom(type.Type) && property.Name == nameof(CnnTensor.Data);
            var isInner = type.Type == typeof(CnnModel) && property.Name is nameof(CnnModel.Network) or nameof(CnnModel.Preprocessing);
            if (isValues || isInner || property.PropertyType == typeof(CnnModel))
                type.Properties.RemoveAt(i);
        }
    }
}
