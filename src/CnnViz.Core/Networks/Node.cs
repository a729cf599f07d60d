namespace CnnViz.Networks;

/// <summary>A named operation on the outputs of earlier nodes.</summary>
/// <param name="Name">The dotted name that PyTorch gives it, such as <c>features.0</c>.</param>
/// <param name="Operation">What it computes.</param>
/// <param name="Inputs">The nodes it takes as inputs, by their positions; all are earlier.</param>
public sealed record Node(string Name, Operation Operation, IReadOnlyList<int> Inputs);
