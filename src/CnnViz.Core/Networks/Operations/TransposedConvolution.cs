using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// A transposed convolution: every input value lays its kernel, multiplied by it, onto a larger map, and what overlaps is added. It is the step backwards
/// through a convolution (Dumoulin and Visin 2016). Where the stride does not divide the kernel's side, some pixels get more kernels than their
/// neighbours: the checkerboard.
/// </summary>
/// <param name="InputChannels">Maps that come in.</param>
/// <param name="OutputChannels">Maps that go out.</param>
/// <param name="KernelSize">Height and width of the kernels.</param>
public sealed record TransposedConvolution(int InputChannels, int OutputChannels, Pair KernelSize) : Operation
{
    /// <inheritdoc/>
    public override string Type => "ConvTranspose2d";

    /// <summary>Output pixels from one kernel to the next.</summary>
    public Pair Stride { get; init; } = 1;

    /// <summary>Pixels cut off on each side of the output.</summary>
    public Pair Padding { get; init; }

    /// <summary>Pixels added below and on the right of the output, less than the stride: which of the sizes that a convolution would have shrunk alike.</summary>
    public Pair OutputPadding { get; init; }

    /// <summary>Whether each output map has a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>How the kernels start; null for PyTorch's default.</summary>
    public Initializer? Initial { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters
    {
        get
        {
            var initial = Initial ?? Initializer.FanIn(OutputChannels * KernelSize.Product);
            var weight = new ParameterSpec("weight", [InputChannels, OutputChannels, KernelSize.Vertical, KernelSize.Horizontal], initial);
            return HasBias ? [weight, new("bias", [OutputChannels], initial.OfBias)] : [weight];
        }
    }

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        if (inputs[0] is not [var channels, var height, var width] || channels != InputChannels)
            throw Refuse(inputs[0], $"[{InputChannels}, H, W]");
        var (rows, columns) = (
            (height - 1) * Stride.Vertical + KernelSize.Vertical - 2 * Padding.Vertical + OutputPadding.Vertical,
            (width - 1) * Stride.Horizontal + KernelSize.Horizontal - 2 * Padding.Horizontal + OutputPadding.Horizontal);
        return rows > 0 && columns > 0 ? [OutputChannels, rows, columns] : throw Refuse(inputs[0], $"[{InputChannels}, H, W] of which the padding leaves something");
    }

    /// <inheritdoc/>
    public override RowRange? InputRows(RowRange output, int inputHeight) => null;

    /// <inheritdoc/>
    /// <remarks>A pixel gets at most ⌈k/s⌉ kernels in each direction.</remarks>
    public override ReceptiveField? Widen(ReceptiveField input, int[] inputShape)
    {
        Pair kernels = ((KernelSize.Vertical + Stride.Vertical - 1) / Stride.Vertical, (KernelSize.Horizontal + Stride.Horizontal - 1) / Stride.Horizontal);
        var seen = input.Through(new Window(kernels, 1));
        return seen with { VerticalStep = seen.VerticalStep / Stride.Vertical, HorizontalStep = seen.HorizontalStep / Stride.Horizontal };
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output)
    {
        // A convolution of this kind over the output has as many positions as the input has pixels.
        var pixels = new Window(KernelSize, Stride, Padding).Positions(output[1], output[2]);
        return (long)pixels.Product * KernelSize.Product * InputChannels * OutputChannels;
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => nn.functional.conv_transpose2d(
        call.Input, call["weight"], HasBias ? call["bias"] : null, Stride.ToExtents(), Padding.ToExtents(), OutputPadding.ToExtents());
}
