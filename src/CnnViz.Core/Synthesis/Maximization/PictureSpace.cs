namespace CnnViz.Synthesis.Maximization;

/// <summary>What the values are that are optimised.</summary>
public enum PictureSpace
{
    /// <summary>The pixels, kept in [0,1].</summary>
    Pixel,

    /// <summary>The spectrum (lucid).</summary>
    Fourier,

    /// <summary>The network's normalised input, which may leave the pixels' range on the way (source 004).</summary>
    Input,
}
