using System.Globalization;

namespace CnnViz.Synthesis;

/// <summary>The size of a picture to be made: <c>512</c> for a square, <c>1024x768</c> for width and height.</summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct PictureSize(int Width, int Height) : IParsable<PictureSize>
{
    /// <summary>A square.</summary>
    public static implicit operator PictureSize(int side) => new(side, side);

    /// <summary>Understands <c>512</c> and <c>1024x768</c>.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static PictureSize Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var size)
        ? size
        : throw new FormatException($"'{s}' is no size. Expected a side such as 512, or width and height such as 1024x768.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out PictureSize result)
    {
        result = default;
        var parts = (s ?? "").Split('x', 'X', '×');
        var sides = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sides[i]) || sides[i] == 0)
                return false;
        }
        if (sides.Length > 2)
            return false;
        result = new PictureSize(sides[0], sides[^1]);
        return true;
    }

    /// <summary>As it is written: <c>1024x768</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
}
