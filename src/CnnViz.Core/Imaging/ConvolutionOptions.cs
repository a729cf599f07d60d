using System.ComponentModel;

namespace CnnViz.Imaging;

/// <summary>Choices of a convolution.</summary>
public sealed record ConvolutionOptions
{
    /// <summary>What happens at the edges.</summary>
    [Description("Same keeps the size with zeros outside of the picture; Valid does not look outside.")]
    public ConvolutionPadding Padding { get; init; } = ConvolutionPadding.Same;

    /// <summary>Pixels from one output to the next; at least 1.</summary>
    [Description("Pixels from one output to the next.")]
    public int Stride { get; init; } = 1;

    /// <summary>The transposed convolution: every input spreads the kernel over the output, which is larger by the stride.</summary>
    [Description("The transposed convolution: every pixel spreads the kernel over the result.")]
    public bool Transpose { get; init; }
}
