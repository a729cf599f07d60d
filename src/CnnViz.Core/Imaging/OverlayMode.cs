namespace CnnViz.Imaging;

/// <summary>How a heatmap goes onto a picture.</summary>
public enum OverlayMode
{
    /// <summary>(1 − α) · picture + α · heatmap.</summary>
    Blend,

    /// <summary>picture + α · heatmap, clamped to [0,1].</summary>
    Add,
}
