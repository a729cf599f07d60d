using CnnViz.Networks.Zoo;

namespace CnnViz.Networks.Weights;

/// <summary>Finds the architecture whose parameters have the names and shapes of a file's entries.</summary>
internal static class ArchitectureRecognition
{
    /// <summary>The architecture that fits, with as many classes as the file has, and a warning where another fits as well.</summary>
    /// <param name="entries">The entries by the names that a network would give them.</param>
    /// <param name="file">What to call the file in errors.</param>
    /// <exception cref="CnnVizException"><c>WeightsMismatch</c>: none fits; with the nearest and what differs.</exception>
    public static (WeightFit Fit, IReadOnlyList<string> Warnings) Recognise(IReadOnlyDictionary<string, WeightEntry> entries, string file)
    {
        var fits = Architectures.All.Select(architecture => WeightFit.Of(architecture.Build, entries)).ToList();
        var exact = fits.Where(fit => fit.Differences.Count == 0).ToList();
        if (exact.Count == 0)
        {
            var nearest = fits.MinBy(fit => fit.Differences.Count)!;
            throw Errors.WeightsMismatch(file, $"no architecture; the nearest is {nearest.Network.Architecture}", nearest.Differences);
        }
        return (exact[0], exact.Count == 1
            ? []
            : [$"'{file}' fits {string.Join(" and ", exact.Select(fit => fit.Network.Architecture))} alike; {exact[0].Network.Architecture} was taken. Name the architecture to have another."]);
    }
}
