namespace CnnViz.Reading;

/// <summary>Which kernels are wanted, as a recipe has it.</summary>
internal sealed record FilterOptions
{
    /// <summary>The dotted name of a layer, wildcards allowed.</summary>
    public string Layer { get; init; } = "*";

    /// <summary>The output channels; empty for all.</summary>
    public IReadOnlyList<int> Index { get; init; } = [];
}
