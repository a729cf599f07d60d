namespace CnnViz.Networks;

/// <summary>A window that slides over an image, the same in both directions.</summary>
/// <param name="Size">Its side in pixels.</param>
/// <param name="Stride">Pixels from one position to the next.</param>
/// <param name="Padding">Pixels added on each side.</param>
public readonly record struct Window(int Size, int Stride, int Padding)
{
    /// <summary>The positions along a side.</summary>
    /// <param name="extent">The pixels along that side.</param>
    public int Positions(int extent) => (extent + 2 * Padding - Size) / Stride + 1;
}
