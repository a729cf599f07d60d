using System.Globalization;

namespace CnnViz.Synthesis;

/// <summary>An amount of memory: a number of bytes, or <c>512MB</c>, <c>2GB</c> in powers of 1024, as PowerShell counts.</summary>
/// <param name="Bytes">The bytes.</param>
public readonly record struct ByteSize(long Bytes) : IParsable<ByteSize>
{
    private static readonly (string Unit, long Bytes)[] Units = [("TB", 1L << 40), ("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    /// <summary>So many bytes.</summary>
    public static implicit operator ByteSize(int bytes) => new(bytes);

    /// <summary>So many bytes.</summary>
    public static implicit operator ByteSize(long bytes) => new(bytes);

    /// <summary>So many bytes; <c>1.5GB</c> is a double to PowerShell.</summary>
    public static implicit operator ByteSize(double bytes) => new((long)bytes);

    /// <summary>Understands <c>2147483648</c>, <c>512MB</c> and <c>1.5GB</c>.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static ByteSize Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var size)
        ? size
        : throw new FormatException($"'{s}' is no amount of memory. Expected bytes, or a number with KB, MB or GB such as 2GB.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out ByteSize result)
    {
        var trimmed = (s ?? "").Trim();
        var (unit, bytes) = Units.FirstOrDefault(unit => trimmed.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase), ("", 1));
        var isNumber = double.TryParse(trimmed[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count);
        result = new ByteSize((long)(count * bytes));
        return isNumber;
    }

    /// <summary>In the largest unit that it fills.</summary>
    public override string ToString()
    {
        var bytes = Bytes;
        var unit = Units.FirstOrDefault(unit => bytes >= unit.Bytes, Units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / unit.Bytes:0.##} {unit.Unit}");
    }
}
