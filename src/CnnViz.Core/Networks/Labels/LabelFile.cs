using System.Globalization;
using System.Text.Json;

namespace CnnViz.Networks.Labels;

/// <summary>
/// Files with the names of classes: a name a line, or JSON, which is a list of names or an object from index to name or to
/// [WordNet id, name], as Keras' <c>imagenet_class_index.json</c> is.
/// </summary>
public static class LabelFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>LabelFileInvalid</c>.</exception>
    public static ClassLabels Read(string path)
    {
        var text = ReadText(path).Trim();
        if (text.Length == 0)
            throw Errors.LabelFileInvalid(path, "it is empty.");
        if (text[0] is not ('{' or '['))
            return new ClassLabels([.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? new ClassLabels([.. json.RootElement.EnumerateArray().Select(Text)])
                : FromIndex(path, json.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Errors.LabelFileInvalid(path, $"as JSON it has to be a list of names, or an object like {{\"0\": [\"n01440764\", \"tench\"], …}}: {failure.Message}", failure);
        }
    }

    private static ClassLabels FromIndex(string path, JsonElement index)
    {
        var byNumber = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in index.EnumerateObject())
        {
            if (!byNumber.TryAdd(property.Name, property.Value))
                throw Errors.LabelFileInvalid(path, $"it names class {property.Name} twice.");
        }
        var names = new string[byNumber.Count];
        var ids = new string[byNumber.Count];
        for (var i = 0; i < names.Length; i++)
        {
            if (!byNumber.TryGetValue(i.ToString(CultureInfo.InvariantCulture), out var entry))
                throw Errors.LabelFileInvalid(path, $"of its {names.Length} classes, number {i} is missing.");
            var isPair = entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2;
            names[i] = Text(isPair ? entry[1] : entry);
            ids[i] = isPair ? Text(entry[0]) : "";
        }
        return ids.Contains("") ? new ClassLabels(names) : new ClassLabels(names, ids);
    }

    private static string Text(JsonElement name) => name.GetString() ?? throw new JsonException("a name is null");

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.FileNotFound(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }
}
