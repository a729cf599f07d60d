using System.Globalization;
using CnnViz.Imaging;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Dreaming;

/// <summary>Pixels of a journey into a picture: after the last octave of a frame, the first one of the next begins with that frame, enlarged and turned.</summary>
internal sealed class ZoomingPixels : PixelParameterization
{
    private readonly int _octaves;
    private readonly double _factor;
    private readonly double _angle;
    private int _octave;

    /// <summary>Starts from a picture.</summary>
    /// <param name="start">The picture at the size of the first octave, <c>[1, C, H, W]</c>.</param>
    /// <param name="original">The picture at its own size, <c>[C, H, W]</c>.</param>
    /// <param name="space">As <see cref="PixelParameterization"/> has it.</param>
    /// <param name="octaves">The octaves of a frame.</param>
    /// <param name="factor">The enlargement from frame to frame.</param>
    /// <param name="angle">The turn from frame to frame in degrees, counter-clockwise.</param>
    public ZoomingPixels(CnnTensor start, CnnTensor original, Preprocessing? space, int octaves, double factor, double angle)
        : base(start, original, space) =>
        (_octaves, _factor, _angle) = (octaves, factor, angle);

    /// <inheritdoc/>
    public override void Resize(int height, int width)
    {
        _octave = (_octave + 1) % _octaves;
        if (_octave > 0)
        {
            base.Resize(height, width);
            return;
        }
        Original = Zoomed();
        var start = ImageResize.Resize(Original, height, width);
        Replace(new CnnTensor(start.Data, [1, .. start.Shape], "NCHW"));
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        using var scope = NewDisposeScope();
        checkpoint.Put("zoom.original", TensorTransfer.ToNative(Original!));
        checkpoint.Put("zoom.octave", _octave.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        Original = TensorTransfer.ToManaged(checkpoint.Tensor("zoom.original"), "CHW");
        _octave = int.Parse(checkpoint.Text("zoom.octave"), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, every {_octaves} octaves enlarged by {_factor:R} and turned by {_angle:R}°");

    private CnnTensor Zoomed()
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var (height, width) = (Values.shape[2], Values.shape[3]);
        var (cosine, sine) = (Math.Cos(_angle * Math.PI / 180) / _factor, Math.Sin(_angle * Math.PI / 180) / _factor);
        var aspect = (double)height / width;
        // The map from the new picture's places, in [-1,1] along each side, to the old one's.
        float[] matrix = [(float)cosine, (float)(-sine * aspect), 0, (float)(sine / aspect), (float)cosine, 0];
        var turn = TensorTransfer.ToNative(matrix, [1, 2, 3], Values.device);
        var grid = nn.functional.affine_grid(turn, Values.shape, align_corners: false);
        return TensorTransfer.ToManaged(
            nn.functional.grid_sample(Values, grid, padding_mode: GridSamplePaddingMode.Reflection, align_corners: false).squeeze(0), "CHW");
    }
}
