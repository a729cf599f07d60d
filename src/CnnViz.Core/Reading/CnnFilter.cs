namespace CnnViz;

/// <summary>One kernel of a convolution: what a layer looks for.</summary>
public sealed record CnnFilter
{
    /// <summary>The dotted name of the layer.</summary>
    public required string Layer { get; init; }

    /// <summary>The output channel that the kernel makes.</summary>
    public required int Index { get; init; }

    /// <summary>The weights, <c>[input channels, H, W]</c>.</summary>
    public required CnnTensor Values { get; init; }

    /// <summary>The bias of the channel; null where the layer has none.</summary>
    public float? Bias { get; init; }

    /// <summary>
    /// The kernel as a picture: in colour where it has three input channels, else its input channels side by side in grey; 0 is middle grey
    /// where it has both signs, scaled to the largest magnitude of the kernel.
    /// </summary>
    public required CnnImage Image { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }
}
