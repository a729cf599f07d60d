using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// The shortcut without parameters around a residual block that halves the maps and adds more (He et al. 2015, option A): one pixel of each square, and
/// maps of zeros before and after.
/// </summary>
/// <param name="InputChannels">Maps that come in.</param>
/// <param name="OutputChannels">Maps that go out.</param>
/// <param name="Stride">The side of the squares.</param>
public sealed record ZeroPaddedShortcut(int InputChannels, int OutputChannels, int Stride) : Operation
{
    private static readonly Pair Pixel = 1;

    /// <inheritdoc/>
    public override string Type => "ZeroPaddedShortcut";

    /// <inheritdoc/>
    public override Window? Window => Sliding;

    private Window Sliding => new(Pixel, Stride);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, _, _] && channels == InputChannels
        ? Slide(inputs[0], Sliding, OutputChannels)
        : throw Refuse(inputs[0], $"[{InputChannels}, H, W]");

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var (height, width) = (call.Input.shape[2], call.Input.shape[3]);
        var added = OutputChannels - InputChannels;
        var kept = call.Input.slice(2, 0, height, Stride).slice(3, 0, width, Stride);
        return nn.functional.pad(kept, [0, 0, 0, 0, added / 2, added - added / 2]);
    }
}
