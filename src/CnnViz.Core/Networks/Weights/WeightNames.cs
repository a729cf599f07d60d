using System.Text.RegularExpressions;

namespace CnnViz.Networks.Weights;

/// <summary>The names of a file's entries as the networks have them: without what wrappers put before all of them, and as later versions write them.</summary>
internal static partial class WeightNames
{
    // DataParallel, torch.compile, and trainers that keep the network as a member.
    private static readonly string[] Wrappers = ["module.", "_orig_mod.", "model."];

    /// <summary>The entries by the names that a network would give them; what the file calls them stays in the entry.</summary>
    /// <param name="entries">A file's entries by name.</param>
    public static IReadOnlyDictionary<string, WeightEntry> Normalise(IReadOnlyDictionary<string, WeightEntry> entries)
    {
        var start = 0;
        while (Array.Find(Wrappers, wrapper => entries.Count > 0 && entries.Keys.All(name => string.CompareOrdinal(name, start, wrapper, 0, wrapper.Length) == 0)) is { } found)
            start += found.Length;
        // Two old names may become the same new one; the first keeps it, and the other is then unexpected under its own.
        var normalised = new Dictionary<string, WeightEntry>(StringComparer.Ordinal);
        foreach (var (name, entry) in entries)
        {
            if (!normalised.TryAdd(OldDenseLayer().Replace(name[start..], "$1$2"), entry))
                normalised[name] = entry;
        }
        return normalised;
    }

    /// <summary>DenseNet's layers were called norm.1 and conv.2 until Python forbade dots in names; the published files still have them.</summary>
    [GeneratedRegex(@"^(features\.denseblock\d+\.denselayer\d+\.(?:norm|conv))\.([12]\.)")]
    private static partial Regex OldDenseLayer();
}
