namespace CnnViz.Imaging;

/// <summary>Limits and choices of reading a picture.</summary>
public sealed record ImageReadOptions
{
    /// <summary>The usual limits.</summary>
    public static ImageReadOptions Default { get; } = new();

    /// <summary>The most pixels, checked before any is decoded; 100 megapixels.</summary>
    public long MaximumPixels { get; init; } = 100_000_000;

    /// <summary>What a transparent pixel lies on, as RGB in [0,1]; white.</summary>
    public Rgb Background { get; init; } = Rgb.White;

    /// <summary>The most bytes to download; 50 MB.</summary>
    public long MaximumDownloadBytes { get; init; } = 50_000_000;

    /// <summary>How long a server may stay silent; 30 seconds.</summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
