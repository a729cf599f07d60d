namespace CnnViz.Networks.Zoo;

/// <summary>The architectures that can be built by name.</summary>
public static class Architectures
{
    private static readonly Dictionary<string, Architecture> ByName = new Architecture[]
    {
        new(LeNet5.ThesisName, 2019, 10, classes => LeNet5.Thesis(classCount: classes)),
        new(LeNet5.SmallKernelName, 2019, 10, classes => LeNet5.Thesis(kernelSize: 3, classes)),
        new(LeNet5.OriginalName, 1998, 10, _ => LeNet5.Original()),
        new(FourFilters.Name, 2019, 4, _ => FourFilters.Build()),
    }.ToDictionary(architecture => architecture.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [.. ByName.Values.OrderBy(architecture => architecture.Name, StringComparer.Ordinal)];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(architecture => architecture.Name)];

    /// <summary>The architecture of that name; null where there is none.</summary>
    public static Architecture? Find(string name) => ByName.GetValueOrDefault(name);
}
