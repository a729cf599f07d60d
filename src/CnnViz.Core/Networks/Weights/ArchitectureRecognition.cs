using CnnViz.Networks.Zoo;

namespace CnnViz.Networks.Weights;

/// <summary>Finds the architecture whose parameters have the names and shapes of a file's entries. No two architectures have the same, so the first that fits is the one.</summary>
internal static class ArchitectureRecognition
{
    /// <summary>The architecture that fits, with as many classes as the file has.</summary>
    /// <param name="entries">The entries by the names that a network would give them.</param>
    /// <param name="file">What to call the file in errors.</param>
    /// <exception cref="CnnVizException"><c>WeightsMismatch</c>: none fits; with the nearest and what differs.</exception>
    public static WeightFit Recognise(IReadOnlyDictionary<string, WeightEntry> entries, string file)
    {
        WeightFit? nearest = null;
        // Many files have their architecture's name (vgg19_bn before vgg19), which spares building the others.
        foreach (var architecture in Architectures.All.OrderByDescending(each => IsNamed(file, each) ? each.Name.Length : 0))
        {
            var fit = WeightFit.Of(architecture, entries);
            if (fit.Differences.Count == 0)
                return fit;
            if (nearest is null || fit.Differences.Count < nearest.Differences.Count)
                nearest = fit;
        }
        throw Errors.WeightsMismatch(file, $"fit no architecture; the nearest is {nearest!.Network.Architecture}", nearest.Differences);
    }

    private static bool IsNamed(string file, Architecture architecture) => Path.GetFileName(file).Contains(architecture.Name, StringComparison.OrdinalIgnoreCase);
}
