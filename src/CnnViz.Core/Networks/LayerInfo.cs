namespace CnnViz;

/// <summary>What is known of a layer without running it.</summary>
public sealed record LayerInfo
{
    /// <summary>The dotted name that PyTorch gives it.</summary>
    public required string Name { get; init; }

    /// <summary>The type of operation as PyTorch names it, such as <c>Conv2d</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The shape of its output for one image; empty for a layer of an auxiliary head that cannot take an image of this size.</summary>
    public required int[] OutputShape { get; init; }

    /// <summary>Its trainable values.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Multiply-adds for the whole batch.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The side of the square of input pixels that one of its values sees, the longer one of a rectangle; null where it sees all of them.</summary>
    public required int? ReceptiveField { get; init; }

    /// <summary>Input pixels from one value to the next; null where it has no position, or several within a pixel.</summary>
    public required int? Stride { get; init; }

    /// <summary>Bytes of its output for the whole batch, in float32.</summary>
    public required long ActivationBytes { get; init; }
}
