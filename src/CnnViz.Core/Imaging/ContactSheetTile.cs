namespace CnnViz.Imaging;

/// <summary>A picture of a contact sheet.</summary>
/// <param name="Image">The picture, of any size.</param>
/// <param name="Caption">What stands below it; nothing where null.</param>
public sealed record ContactSheetTile(CnnImage Image, string? Caption = null);
