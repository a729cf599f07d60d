using static TorchSharp.torch;

namespace CnnViz.Training.Inputs;

/// <summary>Pictures of one size, all in libtorch's memory as bytes.</summary>
public sealed class PixelInputs : TrainingInputs
{
    private readonly Tensor _pixels;

    /// <summary>Copies pictures over.</summary>
    /// <param name="pixels">All pixels, [N, C, H, W] in row-major order, 0 to 255.</param>
    /// <param name="shape">The shape of a picture, <c>[C, H, W]</c>.</param>
    public PixelInputs(byte[] pixels, IReadOnlyList<int> shape)
    {
        Shape = shape;
        Count = pixels.Length / shape.Aggregate((product, extent) => product * extent);
        _pixels = tensor(pixels, [Count, .. shape.Select(extent => (long)extent)]).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    public override ScalarType DataType => ScalarType.Byte;

    /// <inheritdoc/>
    public override Tensor Read(Tensor positions, CancellationToken cancellation) => _pixels.index_select(0, positions);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pixels.Dispose();
    }
}
