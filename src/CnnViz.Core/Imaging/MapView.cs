namespace CnnViz.Imaging;

/// <summary>How a saliency map is shown.</summary>
public enum MapView
{
    /// <summary>An overlay for maps that are coarser than the picture (class activation maps, occlusion, RISE), else a map.</summary>
    Auto,

    /// <summary>The map by itself: signed values around white, magnitudes from dark to light.</summary>
    Map,

    /// <summary>The map in colour over the picture.</summary>
    Overlay,

    /// <summary>The picture, where it matters; black where not.</summary>
    Mask,

    /// <summary>The raw values of each channel by themselves, side by side.</summary>
    Channels,
}
