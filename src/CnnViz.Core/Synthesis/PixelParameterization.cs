using CnnViz.Imaging;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>The pixels themselves, or a network's normalised input.</summary>
public class PixelParameterization : Parameterization
{
    private readonly Preprocessing? _space;
    private Tensor _values;

    /// <summary>Starts from pictures.</summary>
    /// <param name="start">The batch, <c>[N, C, H, W]</c>; copied.</param>
    /// <param name="original">
    /// A picture <c>[C, H, W]</c> whose own detail comes back at every size, so that octaves carry nothing but what was added (DeepDream); null to enlarge what is
    /// there.
    /// </param>
    /// <param name="space">The preprocessing whose normalised input the values are, those of the start and the original too; null for pixels.</param>
    public PixelParameterization(CnnTensor start, CnnTensor? original = null, Preprocessing? space = null)
    {
        (Original, _space) = (original, space);
        _values = TensorTransfer.ToNative(start).DetachFromDisposeScope().requires_grad_();
    }

    /// <inheritdoc/>
    public override Tensor Values => _values;

    /// <summary>The picture whose own detail comes back at every size; null for none.</summary>
    protected CnnTensor? Original { get; set; }

    /// <inheritdoc/>
    public override Tensor Image() => _space is null ? _values.alias() : _space.Denormalize(_values);

    /// <inheritdoc/>
    public override void Resize(int height, int width)
    {
        var current = TensorTransfer.ToManaged(_values, "NCHW");
        var resized = Resized(current, height, width);
        if (Original is not null)
        {
            var (oldHeight, oldWidth) = (current.Shape[2], current.Shape[3]);
            var oldBase = ImageResize.Resize(Original, oldHeight, oldWidth);
            var detail = new CnnTensor(current.Data.Select((value, i) => value - oldBase.Data[i % oldBase.Count]).ToArray(), current.Shape, "NCHW");
            var newBase = ImageResize.Resize(Original, height, width);
            resized = Resized(detail, height, width);
            for (var i = 0; i < resized.Count; i++)
                resized.Data[i] += newBase.Data[i % newBase.Count];
        }
        Replace(resized);
    }

    /// <summary>Goes on with other values, of another size too.</summary>
    /// <param name="values">The batch, <c>[N, C, H, W]</c>; copied.</param>
    protected void Replace(CnnTensor values)
    {
        _values.Dispose();
        _values = TensorTransfer.ToNative(values).DetachFromDisposeScope().requires_grad_();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _values.Dispose();
    }

    private static CnnTensor Resized(CnnTensor batch, int height, int width)
    {
        var pictures = Enumerable.Range(0, batch.Shape[0]).Select(i => ImageResize.Resize(batch.Slice(i), height, width)).ToArray();
        return new CnnTensor([.. pictures.SelectMany(picture => picture.Data)], [batch.Shape[0], batch.Shape[1], height, width], "NCHW");
    }
}
