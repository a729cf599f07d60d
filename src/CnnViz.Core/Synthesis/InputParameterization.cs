using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>The network's normalised input, as source 004 optimises it: its units are deviations of each channel, and its pixels may leave [0,1] on the way.</summary>
/// <param name="start">The batch, <c>[N, C, H, W]</c>, normalised; copied.</param>
/// <param name="preprocessing">How the network normalises.</param>
public sealed class InputParameterization(CnnTensor start, Preprocessing preprocessing) : Parameterization
{
    private readonly PixelParameterization _input = new(start);

    /// <inheritdoc/>
    public override Tensor Values => _input.Values;

    /// <inheritdoc/>
    public override Tensor Image() => preprocessing.Denormalize(_input.Values);

    /// <inheritdoc/>
    public override void Resize(int height, int width) => _input.Resize(height, width);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
    }
}
