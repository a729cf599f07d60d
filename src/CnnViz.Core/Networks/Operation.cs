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

    /// <summary>What it keeps for its way back, at most.</summary>
    public virtual SavedTensors Saved => new(Input: true, Output: true);

    /// <summary>The shape of its output.</summary>
    /// <param name="inputs">The shapes of its inputs.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: it cannot take these inputs.</exception>
    public abstract int[] OutputShape(IReadOnlyList<int[]> inputs);

    /// <summary>What a value of its output sees of the network's input; null where it has no position any more.</summary>
    /// <param name="input">What a value of its input sees.</param>
    /// <param name="inputShape">The shape of its first input.</param>
    public virtual ReceptiveField? Widen(ReceptiveField input, int[] inputShape) => SeesAll ? null : Window is { } window ? input.Through(window) : input;

    /// <summary>
    /// The rows of its inputs from which it computes some rows of its output; null where it needs all of them. Applied to those rows alone it gives the
    /// wanted ones, counted from the first row that it was given (divided by the window's stride), and others around them that are not right: they lie at edges
    /// that are none in the whole.
    /// </summary>
    /// <param name="output">The rows of the output.</param>
    /// <param name="inputHeight">All rows of an input.</param>
    public virtual RowRange? InputRows(RowRange output, int inputHeight) => SeesAll ? null : Window is { } window ? window.InputRows(output, inputHeight) : output;

    /// <summary>Multiply-adds for one image.</summary>
    /// <param name="output">The shape of its output.</param>
    public virtual long MultiplyAdds(int[] output) => 0;

    /// <summary>Computes its output, a batch at a time.</summary>
    /// <param name="call">The inputs, the parameters and the mode.</param>
    public abstract Tensor Apply(OperationCall call);

    /// <summary>The shape of maps that a window makes by sliding over maps.</summary>
    /// <param name="input">The shape of what it slides over.</param>
    /// <param name="window">The window.</param>
    /// <param name="outputChannels">The maps it makes; null for as many as come in.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: no maps, or smaller than the window.</exception>
    protected int[] Slide(int[] input, Window window, int? outputChannels = null)
    {
        if (input is [var channels, var height, var width] && window.Positions(height, width) is { Vertical: > 0, Horizontal: > 0 } positions)
            return [outputChannels ?? channels, positions.Vertical, positions.Horizontal];
        var (high, wide) = (window.Size.Vertical - 2 * window.Padding.Vertical, window.Size.Horizontal - 2 * window.Padding.Horizontal);
        throw Refuse(input, $"[C, H, W] with H of at least {Math.Max(1, high)} and W of at least {Math.Max(1, wide)}");
    }

    /// <summary>The error for an input that this operation cannot take.</summary>
    protected CnnVizException Refuse(int[] found, string expected) => Errors.ShapeMismatch($"The input of {Type}", found, expected);
}
