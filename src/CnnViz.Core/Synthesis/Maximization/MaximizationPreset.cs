namespace CnnViz.Synthesis.Maximization;

/// <summary>Where the settings of a maximization come from.</summary>
public enum MaximizationPreset
{
    /// <summary>The project's own: a spectrum, Adam, small shifts and turns; pixels where what is asked for needs them.</summary>
    None,

    /// <summary>Source 000: grey noise, gradient ascent with a normalised gradient, and repeated enlarging.</summary>
    Thesis000,

    /// <summary>Source 002: decay of the picture, periodic blur and a gradient whose scales are evened out by a Laplacian pyramid.</summary>
    Lecture002,

    /// <summary>Source 004: the network's input itself; SGD with momentum for a class, Adam with weight decay for layers.</summary>
    Thesis004,

    /// <summary>Lucid (Olah et al. 2017): a spectrum with decorrelated colours, padded, shifted, scaled and rotated, by Adam.</summary>
    Lucid,
}
