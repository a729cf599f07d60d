namespace CnnViz.Imaging;

/// <summary>How values are drawn.</summary>
public sealed record DrawingOptions
{
    /// <summary>The usual choices.</summary>
    public static DrawingOptions Default { get; } = new();

    /// <summary>The colours of maps and grey pictures; where null, pictures stay as they are, and maps are diverging where they have negative values, else viridis.</summary>
    public ColorMap? Colors { get; init; }

    /// <summary>Magnifies every pixel and writes its value into it; for small pictures.</summary>
    public bool Annotate { get; init; }

    /// <summary>The most digits behind the point of a written value.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>How saliency maps are drawn.</summary>
    public MapViewOptions Maps { get; init; } = MapViewOptions.Default;
}
