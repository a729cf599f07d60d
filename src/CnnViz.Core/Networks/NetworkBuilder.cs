namespace CnnViz.Networks;

/// <summary>Builds a network node by node; each new node takes the one before as its input unless told otherwise.</summary>
public sealed class NetworkBuilder
{
    private readonly List<Node> _nodes = [new("input", new Operations.Input(), [])];

    /// <summary>The position of the newest node.</summary>
    public int Last => _nodes.Count - 1;

    /// <summary>Adds a node behind the newest one.</summary>
    /// <param name="name">The dotted name that PyTorch gives it.</param>
    /// <param name="operation">What it computes.</param>
    public NetworkBuilder Add(string name, Operation operation) => Add(name, operation, Last);

    /// <summary>Adds a node behind given ones.</summary>
    /// <param name="name">The dotted name that PyTorch gives it.</param>
    /// <param name="operation">What it computes.</param>
    /// <param name="inputs">The positions of its inputs.</param>
    public NetworkBuilder Add(string name, Operation operation, params ReadOnlySpan<int> inputs)
    {
        _nodes.Add(new Node(name, operation, inputs.ToArray()));
        return this;
    }

    /// <summary>Adds nodes behind the newest one, each behind the one before, numbered as PyTorch's <c>Sequential</c> does.</summary>
    /// <param name="name">The name in front of the numbers: <c>features</c> gives <c>features.0</c>, <c>features.1</c> …</param>
    /// <param name="operations">What they compute.</param>
    public NetworkBuilder AddSequence(string name, params ReadOnlySpan<Operation> operations)
    {
        for (var i = 0; i < operations.Length; i++)
            Add($"{name}.{i}", operations[i]);
        return this;
    }

    /// <summary>The finished network.</summary>
    /// <param name="architecture">Its name.</param>
    /// <param name="inputShape">The shape of an image as it goes in, <c>[C, H, W]</c>.</param>
    /// <param name="layers">The descriptions that it is built from; null for one that its name says all of.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: a node cannot take its input.</exception>
    public Network Build(string architecture, int[] inputShape, IReadOnlyList<string>? layers = null) =>
        new(architecture, inputShape, _nodes.ToArray()) { Layers = layers ?? [] };
}
