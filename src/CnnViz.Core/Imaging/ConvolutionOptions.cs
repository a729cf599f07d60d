namespace CnnViz.Imaging;

/// <summary>Choices of a convolution.</summary>
public sealed record ConvolutionOptions
{
    /// <summary>What happens at the edges.</summary>
    public ConvolutionPadding Padding { get; init; } = ConvolutionPadding.Same;

    /// <summary>Pixels from one output to the next; at least 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The transposed convolution: every input spreads the kernel over the output, which is larger by the stride.</summary>
    public bool Transpose { get; init; }
}
