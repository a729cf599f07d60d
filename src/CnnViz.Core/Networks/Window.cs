namespace CnnViz.Networks;

/// <summary>A window that slides over an image.</summary>
/// <param name="Size">Its height and width in pixels.</param>
/// <param name="Stride">Pixels from one position to the next.</param>
/// <param name="Padding">Pixels added on each side.</param>
/// <param name="CeilMode">True where a last position counts whose window reaches beyond the edge.</param>
public readonly record struct Window(Pair Size, Pair Stride, Pair Padding = default, bool CeilMode = false)
{
    /// <summary>The positions down and across an image; 0 where the window does not fit.</summary>
    /// <param name="height">The image's height in pixels.</param>
    /// <param name="width">The image's width in pixels.</param>
    public Pair Positions(int height, int width) =>
        (Positions(height, Size.Vertical, Stride.Vertical, Padding.Vertical), Positions(width, Size.Horizontal, Stride.Horizontal, Padding.Horizontal));

    /// <summary>
    /// The rows that the window needs for some of its positions: whole strides from the top, so that it comes to stand where it stands in the whole, and so many
    /// that the padding of an edge that is none in the whole reaches no wanted position.
    /// </summary>
    /// <param name="positions">The positions down.</param>
    /// <param name="height">The image's height in pixels.</param>
    internal RowRange InputRows(RowRange positions, int height)
    {
        var (size, stride, padding) = (Size.Vertical, Stride.Vertical, Padding.Vertical);
        var first = Math.Clamp(positions.First * stride - padding, 0, height - 1) / stride * stride;
        return new(first, Math.Clamp((positions.End - 1) * stride - padding + size, first + 1, height));
    }

    private int Positions(int extent, int size, int stride, int padding)
    {
        var way = extent + 2 * padding - size + (CeilMode ? stride - 1 : 0);
        if (way < 0)
            return 0;
        var last = way / stride;
        // PyTorch leaves out a window that would begin in the padding behind the image.
        return CeilMode && last * stride >= extent + padding ? last : last + 1;
    }
}
