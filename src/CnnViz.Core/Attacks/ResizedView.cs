using CnnViz.Imaging;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// What preprocessing makes of pictures of 8 bits, as a product for their columns and one for their rows through which gradients go: resized with Pillow's
/// weights, rounded to levels after each product as files' pictures are, and cropped. Rounding lets gradients through as if it were not there.
/// </summary>
internal sealed class ResizedView : IDisposable
{
    private const double Levels = 255;

    private readonly Axis _columns;
    private readonly Axis _rows;

    /// <summary>For pictures of one size.</summary>
    /// <param name="preprocessing">What is done to them.</param>
    /// <param name="height">Their rows.</param>
    /// <param name="width">Their columns.</param>
    /// <param name="place">Where it is computed.</param>
    public ResizedView(Preprocessing preprocessing, int height, int width, Device place)
    {
        var (resizedHeight, resizedWidth) = preprocessing.ShorterSide is { } side
            ? ImageResize.SizeOfShorterSide(height, width, side)
            : (preprocessing.Height, preprocessing.Width);
        _columns = new Axis(Matrix(width, resizedWidth, preprocessing.Width, place), width != resizedWidth);
        _rows = new Axis(Matrix(height, resizedHeight, preprocessing.Height, place), height != resizedHeight);
    }

    /// <summary>What the network sees of pictures.</summary>
    /// <param name="pixels">The pictures, <c>[N, C, H, W]</c> in [0,1].</param>
    /// <returns><c>[N, C, height, width]</c> as the network takes it, in [0,1].</returns>
    public Tensor Apply(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        var narrow = _columns.Round(pixels.Times(_columns.Map.transpose(0, 1)));
        return _rows.Round(_rows.Map.Times(narrow)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _columns.Map.Dispose();
        _rows.Map.Dispose();
    }

    /// <summary>The map of one axis, <c>[seen, given]</c>: of the resized pixels those that are not cropped away; what lacks is black.</summary>
    private static Tensor Matrix(int size, int resized, int seen, Device place)
    {
        var weights = size == resized ? null : new ResizeWeights(size, resized).ToMatrix();
        var values = new float[seen * size];
        var start = ImageResize.StartOfMiddle(resized, seen);
        for (var row = Math.Max(0, -start); row < Math.Min(seen, resized - start); row++)
        {
            for (var column = 0; column < size; column++)
                values[(row * size) + column] = weights?[start + row, column] ?? (column == start + row ? 1 : 0);
        }
        return TensorTransfer.ToNative(values, [seen, size]).to(place).DetachFromDisposeScope();
    }

    private readonly record struct Axis(Tensor Map, bool IsResized)
    {
        public Tensor Round(Tensor pixels) => IsResized ? pixels + ((pixels.detach() * Levels + 0.5).floor() / Levels - pixels.detach()) : pixels;
    }
}
