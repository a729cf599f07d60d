namespace CnnViz.Reading;

/// <summary>Settings under which a map is that of a source.</summary>
public enum SaliencyPreset
{
    /// <summary>As the methods' papers define them.</summary>
    None,

    /// <summary>
    /// Source 004, section 6.3.4: Grad-CAM as the mean over the maps, without rectifier, so that negative values keep their part of the heatmap's range; the picture is
    /// heatmap × 0.4 + image.
    /// </summary>
    Thesis004,
}
