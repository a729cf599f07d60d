namespace CnnViz.Imaging;

/// <summary>What happens at a picture's edges.</summary>
public enum ConvolutionPadding
{
    /// <summary>Zeros around the picture: as many outputs as inputs (divided by the stride, rounded up).</summary>
    Same,

    /// <summary>Only places where the whole kernel lies within the picture.</summary>
    Valid,
}
