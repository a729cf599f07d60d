using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// The means of as many windows as are asked for, whatever the size of the maps: so that a network takes pictures of any size. One window is global
/// average pooling.
/// </summary>
/// <param name="OutputSize">The windows down and across.</param>
public sealed record AdaptiveAveragePooling(int OutputSize) : Operation
{
    /// <inheritdoc/>
    public override string Type => "AdaptiveAvgPool2d";

    /// <inheritdoc/>
    public override bool SeesAll => OutputSize == 1;

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) =>
        inputs[0] is [var channels, > 0, > 0] ? [channels, OutputSize, OutputSize] : throw Refuse(inputs[0], "[C, H, W]");

    /// <inheritdoc/>
    public override RowRange? InputRows(RowRange output, int inputHeight) => null;

    /// <inheritdoc/>
    public override ReceptiveField? Widen(ReceptiveField input, int[] inputShape)
    {
        if (SeesAll)
            return null;
        var seen = input.Through(new Window((Largest(inputShape[1]), Largest(inputShape[2])), 1));
        var (down, across) = ((double)inputShape[1] / OutputSize, (double)inputShape[2] / OutputSize);
        return seen with { VerticalStep = seen.VerticalStep * down, HorizontalStep = seen.HorizontalStep * across };
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => nn.functional.adaptive_avg_pool2d(call.Input, [OutputSize, OutputSize]);

    /// <summary>The extent of the largest window: from ⌊i·n/m⌋ to ⌈(i + 1)·n/m⌉.</summary>
    private int Largest(int extent) =>
        Enumerable.Range(0, OutputSize).Max(i => ((i + 1) * extent + OutputSize - 1) / OutputSize - i * extent / OutputSize);
}
