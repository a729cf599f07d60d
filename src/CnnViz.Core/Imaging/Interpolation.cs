namespace CnnViz.Imaging;

/// <summary>How a resize computes a pixel from those around it. When shrinking, all but <see cref="Nearest"/> average over the pixel's whole area.</summary>
public enum Interpolation
{
    /// <summary>A triangle of one pixel's reach: Pillow's and torchvision's default for photos.</summary>
    Bilinear,

    /// <summary>A cubic of two pixels' reach, a = −0.5, as Pillow's.</summary>
    Bicubic,

    /// <summary>The mean over the pixel's area.</summary>
    Box,

    /// <summary>The pixel whose area holds the centre.</summary>
    Nearest,
}
