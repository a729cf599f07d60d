using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>What an operation is applied to.</summary>
/// <param name="node">The node's name: its parameters are found under it.</param>
/// <param name="weights">All parameters and buffers of the network by their full names.</param>
/// <param name="inputs">The inputs, batch first.</param>
/// <param name="training">True while training: dropout drops, and batch normalisation uses the batch.</param>
/// <param name="generator">The source of dropout masks; needed while training only.</param>
public readonly struct OperationCall(
    string node, IReadOnlyDictionary<string, Tensor> weights, ReadOnlyMemory<Tensor> inputs, bool training, Generator? generator)
{
    /// <summary>The first input, batch first.</summary>
    public Tensor Input => inputs.Span[0];

    /// <summary>All inputs, batch first.</summary>
    public ReadOnlySpan<Tensor> Inputs => inputs.Span;

    /// <summary>True while training.</summary>
    public bool Training { get; } = training;

    /// <summary>The source of dropout masks.</summary>
    public Generator? Generator { get; } = generator;

    /// <summary>A parameter or buffer of this node.</summary>
    /// <param name="name">Its name within the node, such as <c>weight</c>.</param>
    public Tensor this[string name] => Parameter(node, name);

    /// <summary>The same call for another node and input.</summary>
    /// <param name="other">The node's name: its parameters are found under it.</param>
    /// <param name="input">The input, batch first.</param>
    public OperationCall At(string other, Tensor input) => new(other, weights, new[] { input }, Training, Generator);

    /// <summary>The same call as it is without training.</summary>
    public OperationCall InInference() => new(node, weights, inputs, training: false, Generator);

    /// <summary>A parameter or buffer of any node.</summary>
    /// <param name="owner">The node's name.</param>
    /// <param name="name">Its name within that node.</param>
    public Tensor Parameter(string owner, string name) => weights[$"{owner}.{name}"];
}
