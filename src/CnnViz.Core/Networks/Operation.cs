using static TorchSharp.torch;

namespace CnnViz.Networks;

/// <summary>
/// One functional operation with its own settings: pure data, which knows its parameters, its output shape and its cost without running.
/// Shapes leave out the batch: <c>[C, H, W]</c> or <c>[F]</c>.
/// </summary>
public abstract record Operation
{
    /// <summary>The type's name as PyTorch has it, such as <c>Conv2d</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The parameters and buffers it needs, by their names within the node.</summary>
    public virtual IReadOnlyList<ParameterSpec> Parameters => [];

    /// <summary>The window it slides over its input, for the receptive field; null for one that is no window.</summary>
    public virtual Window? Window => null;

    /// <summary>True where every output value depends on the whole input, so that it has no position any more.</summary>
    public virtual bool SeesAll => false;

    /// <summary>True where the output at a position grows with the input there and nowhere else: such an activation may move behind a max-pooling.</summary>
    public virtual bool IsMonotone => false;

    /// <summary>The shape of its output.</summary>
    /// <param name="inputs">The shapes of its inputs.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: it cannot take these inputs.</exception>
    public abstract int[] OutputShape(IReadOnlyList<int[]> inputs);

    /// <summary>Multiply-adds for one image.</summary>
    /// <param name="output">The shape of its output.</param>
    public virtual long MultiplyAdds(int[] output) => 0;

    /// <summary>Computes its output, a batch at a time.</summary>
    /// <param name="call">The inputs, the parameters and the mode.</param>
    public abstract Tensor Apply(OperationCall call);

    /// <summary>The error for an input that this operation cannot take.</summary>
    protected CnnVizException Refuse(int[] found, string expected) => Errors.ShapeMismatch($"The input of {Type}", found, expected);
}
