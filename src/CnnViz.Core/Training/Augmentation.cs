using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>Small random rotations, scalings and shifts, drawn anew for every picture and epoch.</summary>
/// <param name="Rotation">The largest rotation to either side, in degrees.</param>
/// <param name="Scale">The largest change of size, as a part: 0.1 for 90 % to 110 %.</param>
/// <param name="Shift">The largest shift in each direction, in pixels.</param>
public sealed record Augmentation(double Rotation = 10, double Scale = 0.1, double Shift = 2)
{
    /// <summary>Varies a batch; what comes in from outside is black.</summary>
    /// <param name="pixels">The batch in [0,1], <c>[N, C, H, W]</c>.</param>
    /// <param name="generator">The source of random numbers.</param>
    public Tensor Apply(Tensor pixels, Generator generator)
    {
        using var scope = NewDisposeScope();
        var shape = pixels.shape;
        var random = rand([5, shape[0]], device: pixels.device, generator: generator) * 2.0 - 1.0;
        var angle = random.select(0, 0) * (Rotation * Math.PI / 180);
        var sizeX = random.select(0, 1) * Scale + 1.0;
        var sizeY = random.select(0, 2) * Scale + 1.0;
        // The grid's coordinates run from -1 to 1 across the picture.
        var shiftX = random.select(0, 3) * (2 * Shift / shape[3]);
        var shiftY = random.select(0, 4) * (2 * Shift / shape[2]);
        var (sine, cosine) = (angle.sin(), angle.cos());
        var rows = stack([cosine * sizeX, -sine * sizeY, shiftX, sine * sizeX, cosine * sizeY, shiftY], 1).reshape(shape[0], 2, 3);
        var grid = nn.functional.affine_grid(rows, shape, align_corners: false);
        return nn.functional.grid_sample(pixels, grid, align_corners: false).MoveToOuterDisposeScope();
    }
}
