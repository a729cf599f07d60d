namespace CnnViz.Reading;

/// <summary>What is kept of a map's signs.</summary>
public enum SaliencySign
{
    /// <summary>Values as they are.</summary>
    Signed,

    /// <summary>Their magnitudes; methods around noisy copies take it of each copy, as captum's NoiseTunnel around Saliency does.</summary>
    Absolute,

    /// <summary>Positive values; 0 for all others (source 004).</summary>
    Positive,
}
