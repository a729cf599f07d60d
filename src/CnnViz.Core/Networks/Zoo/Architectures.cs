namespace CnnViz.Networks.Zoo;

/// <summary>The architectures that can be built by name.</summary>
public static class Architectures
{
    private static readonly Dictionary<string, Func<Network>> Builders = new(StringComparer.OrdinalIgnoreCase)
    {
        [LeNet5.ThesisName] = () => LeNet5.Thesis(),
        [LeNet5.SmallKernelName] = () => LeNet5.Thesis(kernelSize: 3),
        [LeNet5.OriginalName] = LeNet5.Original,
        [FourFilters.Name] = FourFilters.Build,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Builders.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Builds one; null where there is none of that name.</summary>
    public static Network? TryBuild(string name) => Builders.TryGetValue(name, out var build) ? build() : null;
}
