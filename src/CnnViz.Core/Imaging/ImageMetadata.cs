using CnnViz.Reporting;

namespace CnnViz.Imaging;

/// <summary>What is known of a picture, as text that stands in its file.</summary>
internal static class ImageMetadata
{
    private const string NetworkInputKey = "CnnViz.IsNetworkInput";
    private const string RecipeKey = "CnnViz.Recipe";

    /// <summary>The texts of a picture by key; empty where nothing is to be kept.</summary>
    public static IReadOnlyDictionary<string, string> Of(CnnImage image)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (image.IsNetworkInput)
            texts[NetworkInputKey] = "true";
        if (image.Recipe is not null)
            texts[RecipeKey] = RecipeJson.Write(image.Recipe);
        return texts;
    }

    /// <summary>Whether the texts say that the picture is the network's own.</summary>
    public static bool IsNetworkInput(IReadOnlyDictionary<string, string> texts) => texts.TryGetValue(NetworkInputKey, out var text) && text == "true";

    /// <summary>The recipe among the texts; null where there is none or it cannot be read.</summary>
    public static Recipe? RecipeOf(IReadOnlyDictionary<string, string> texts) =>
        texts.TryGetValue(RecipeKey, out var json) ? RecipeJson.TryRead(json) : null;
}
