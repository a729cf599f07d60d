namespace CnnViz.Imaging;

/// <summary>Choices of writing a picture.</summary>
public sealed record ImageWriteOptions
{
    /// <summary>The usual choices.</summary>
    public static ImageWriteOptions Default { get; } = new();

    /// <summary>Replaces a file that is there already.</summary>
    public bool Force { get; init; }

    /// <summary>1 to 100 for JPEG and WebP, of which 100 is lossless for WebP; 95.</summary>
    public int Quality { get; init; } = 95;
}
