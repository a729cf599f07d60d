namespace CnnViz.Imaging;

/// <summary>A colour in sRGB.</summary>
/// <param name="R">Red in [0,1].</param>
/// <param name="G">Green in [0,1].</param>
/// <param name="B">Blue in [0,1].</param>
public readonly record struct Rgb(float R, float G, float B)
{
    /// <summary>Black.</summary>
    public static Rgb Black => default;

    /// <summary>White.</summary>
    public static Rgb White => new(1, 1, 1);

    /// <summary>The luma of ITU-R BT.601, in [0,1].</summary>
    public float Luma => (0.299f * R) + (0.587f * G) + (0.114f * B);

    /// <summary>A channel's value: 0 red, 1 green, 2 blue.</summary>
    public float this[int channel] => channel == 0 ? R : channel == 1 ? G : B;

    /// <summary>Black or white, whichever is read more easily on this colour.</summary>
    public Rgb Contrast => Luma > 0.5f ? Black : White;

    /// <summary>The three values. (A record's own text would hold <see cref="Contrast"/>, whose text would hold its own, without end.)</summary>
    public override string ToString() => FormattableString.Invariant($"({R:g4}, {G:g4}, {B:g4})");
}
