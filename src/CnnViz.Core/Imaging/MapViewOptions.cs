using System.ComponentModel;

namespace CnnViz.Imaging;

/// <summary>How saliency maps are drawn.</summary>
public sealed record MapViewOptions
{
    /// <summary>The usual choices.</summary>
    public static MapViewOptions Default { get; } = new();

    /// <summary>What is drawn.</summary>
    [Description("Map: the values in colour. Overlay: over the picture. Mask: the picture where it matters. Channels: each by itself. Auto: Overlay for coarse maps, else Map.")]
    public MapView View { get; init; }

    /// <summary>The map's share of an overlay, in [0,1].</summary>
    [Description("The map's share of an overlay, 0 to 1.")]
    public float Alpha { get; init; } = 0.4f;

    /// <summary>How an overlay is put together; null for blending, or for adding where the map's preset adds.</summary>
    [Description("Blend: (1 - alpha) picture + alpha map. Add: picture + alpha map. Left out, Blend unless the map's preset adds.")]
    public OverlayMode? OverlayMode { get; init; }

    /// <summary>
    /// Outliers do not darken the rest: the strongest colour stands for the magnitude up to which magnitudes come to this many per cent of the sum of all, as
    /// captum's pictures take it. In ]0,100]; 100 for the largest value. Class activation maps have no outliers and are not cut.
    /// </summary>
    [Description("The strongest colour stands for the magnitude up to which magnitudes come to so many per cent of the sum of all; 100 for the largest.")]
    public double Percentile { get; init; } = 98;

    /// <summary>A mask's part of the pixels, in [0,1[, that is hidden, those that matter least; the others are shown as they are. Null to weigh each by the map.</summary>
    [Description("The part of the pixels that a mask hides, 0 to 1: those that matter least. Left out, each is shown as strongly as it matters.")]
    public double? Quantile { get; init; }
}
