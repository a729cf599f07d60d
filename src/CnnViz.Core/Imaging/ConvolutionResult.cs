namespace CnnViz;

/// <summary>What a filter makes of a picture.</summary>
public sealed record ConvolutionResult
{
    /// <summary>The raw, signed results, <c>[C, H, W]</c>: a channel for each of the picture's.</summary>
    public required CnnTensor Values { get; init; }

    /// <summary>
    /// The results as a picture: cut to [0,1] where the filter keeps the brightness (its weights sum to 1, as blurring and sharpening),
    /// else one channel in diverging colours around 0, three with 0 as middle grey.
    /// </summary>
    public required CnnImage Image { get; init; }

    /// <summary>The filter's name.</summary>
    public required string Kernel { get; init; }

    /// <summary>The filter's weights [row, column].</summary>
    public required float[,] Weights { get; init; }

    /// <summary>How it was made.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The shape of <see cref="Values"/>.</summary>
    public int[] Shape => Values.Shape;

    /// <summary>The smallest result.</summary>
    public float Minimum => Values.Minimum;

    /// <summary>The largest result.</summary>
    public float Maximum => Values.Maximum;

    /// <summary>The path or address of the picture.</summary>
    public string? Source => Image.Source;
}
