using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>Grey around the picture (lucid).</summary>
/// <param name="Pixels">Its width on each side.</param>
/// <param name="Value">Its value.</param>
public sealed record Pad(int Pixels, double Value = 0.5) : PictureTransform
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Generator generator) => nn.functional.pad(image, [Pixels, Pixels, Pixels, Pixels], PaddingModes.Constant, Value);

    /// <inheritdoc/>
    public override (int Height, int Width) Largest(int height, int width) => (height + 2 * Pixels, width + 2 * Pixels);
}

/// <summary>A random cut that is smaller by so many pixels (lucid's jitter).</summary>
/// <param name="Pixels">The pixels.</param>
public sealed record Jitter(int Pixels) : PictureTransform
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Generator generator)
    {
        var (row, column) = (Next(Pixels + 1, generator), Next(Pixels + 1, generator));
        return image.narrow(2, row, image.shape[2] - Pixels).narrow(3, column, image.shape[3] - Pixels);
    }
}

/// <summary>A random shift, what leaves on one side coming in on the other (DeepDream's jitter); gradients are shifted back.</summary>
/// <param name="Pixels">The largest shift, up or down, left or right.</param>
public sealed record RollJitter(int Pixels) : PictureTransform
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Generator generator) =>
        image.roll([Next(2 * Pixels + 1, generator) - Pixels, Next(2 * Pixels + 1, generator) - Pixels], [2, 3]);
}

/// <summary>Others, and of what they give the middle at the picture's own size: for networks that take one size alone.</summary>
/// <param name="Transforms">The others, in order.</param>
public sealed record SameSize(IReadOnlyList<PictureTransform> Transforms) : PictureTransform
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Generator generator)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (image.shape[2], image.shape[3]);
        var changed = Transforms.Aggregate(image, (picture, transform) => transform.Apply(picture, generator));
        var (lackY, lackX) = (Math.Max(0, height - changed.shape[2]), Math.Max(0, width - changed.shape[3]));
        var large = nn.functional.pad(changed, [lackX / 2, lackX - (lackX / 2), lackY / 2, lackY - (lackY / 2)], PaddingModes.Replicate);
        return large.narrow(2, (large.shape[2] - height) / 2, height).narrow(3, (large.shape[3] - width) / 2, width).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => $"same size: {string.Join("; ", Transforms)}";
}

/// <summary>A random choice of sizes and angles (lucid).</summary>
/// <param name="Scales">Factors of the size, one of which is taken; empty for none.</param>
/// <param name="Angles">Degrees, one of which is taken; empty for none.</param>
public sealed record ScaleAndRotate(IReadOnlyList<double> Scales, IReadOnlyList<double> Angles) : PictureTransform
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor image, Generator generator)
    {
        var scale = Scales.Count == 0 ? 1 : Scales[Next(Scales.Count, generator)];
        var angle = Angles.Count == 0 ? 0 : Angles[Next(Angles.Count, generator)] * Math.PI / 180;
        var (count, channels, height, width) = (image.shape[0], image.shape[1], image.shape[2], image.shape[3]);
        var (newHeight, newWidth) = ((long)Math.Round(height * scale), (long)Math.Round(width * scale));
        using var scope = NewDisposeScope();
        var (cosine, sine) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        var aspect = (float)height / width;
        float[] matrix = [cosine, -sine * aspect, 0, sine / aspect, cosine, 0];
        var turn = TensorTransfer.ToNative(matrix, [1, 2, 3], image.device).expand(count, 2, 3);
        var grid = nn.functional.affine_grid(turn, [count, channels, newHeight, newWidth], align_corners: false);
        return nn.functional.grid_sample(image, grid.to(image.dtype), padding_mode: GridSamplePaddingMode.Border, align_corners: false).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override (int Height, int Width) Largest(int height, int width)
    {
        var scale = Scales.DefaultIfEmpty(1).Max();
        return ((int)Math.Round(height * scale), (int)Math.Round(width * scale));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"scale {string.Join(' ', Scales.Select(Text))}, rotate {string.Join(' ', Angles.Select(Text))}");

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
