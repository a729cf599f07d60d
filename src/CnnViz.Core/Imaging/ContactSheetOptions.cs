namespace CnnViz.Imaging;

/// <summary>How a contact sheet is laid out.</summary>
public sealed record ContactSheetOptions
{
    /// <summary>Tiles in a row; as many as make the sheet about square where null.</summary>
    public int? ColumnCount { get; init; }

    /// <summary>A line above all tiles; none where null.</summary>
    public string? Title { get; init; }

    /// <summary>Pixels between tiles and around them.</summary>
    public int Padding { get; init; } = 8;

    /// <summary>Tiles whose longer side is shorter than this are magnified by a whole number, pixels staying sharp, until it is not.</summary>
    public int MinimumTileSize { get; init; } = 96;

    /// <summary>The colour between the tiles.</summary>
    public Rgb Background { get; init; } = Rgb.White;
}
