using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>Smooths a gradient by a bell of its own in each channel.</summary>
/// <param name="Sigma">The bell's deviation in pixels.</param>
public sealed record GaussianBlur(double Sigma) : GradientFilter
{
    private const double Reach = 3; // deviations to each side

    /// <inheritdoc/>
    public override Tensor Apply(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var radius = Math.Max(1, (int)Math.Ceiling(Reach * Sigma));
        var bell = Enumerable.Range(-radius, 2 * radius + 1).Select(x => Math.Exp(-0.5 * x * x / (Sigma * Sigma))).ToArray();
        var channels = gradient.shape[1];
        float[] row = [.. bell.Select(value => (float)(value / bell.Sum()))];
        var weights = TensorTransfer.ToNative(row, [1, 1, 1, row.Length]).to(gradient.dtype, gradient.device)
            .expand(channels, 1, 1, row.Length);
        // As far as the picture reaches its edge is repeated; small pictures are smaller than the bell.
        var padded = nn.functional.pad(gradient, [radius, radius, radius, radius], PaddingModes.Replicate);
        var across = nn.functional.conv2d(padded, weights, groups: channels);
        return nn.functional.conv2d(across, weights.transpose(2, 3), groups: channels).MoveToOuterDisposeScope();
    }
}
