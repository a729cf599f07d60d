using System.Globalization;

namespace CnnViz.Attacks;

/// <summary>A number that may be written as a fraction: <c>0.03</c> or <c>8/255</c>.</summary>
/// <param name="Value">The number.</param>
public readonly record struct Fraction(double Value) : IParsable<Fraction>
{
    /// <summary>A number as it is.</summary>
    public static implicit operator Fraction(double value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Fraction(int value) => new(value);

    /// <summary>The number.</summary>
    public static implicit operator double(Fraction fraction) => fraction.Value;

    /// <summary>Understands <c>0.03</c> and <c>8/255</c>.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Fraction Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var fraction)
        ? fraction
        : throw new FormatException($"'{s}' is no number. Expected one such as 0.03, or a fraction such as 8/255.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out Fraction result)
    {
        result = default;
        var parts = (s ?? "").Split('/');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        }
        if (parts.Length > 2 || (parts.Length == 2 && numbers[1] == 0))
            return false;
        result = parts.Length == 2 ? numbers[0] / numbers[1] : numbers[0];
        return true;
    }

    /// <summary>In 255ths where that is exact to what is shown, as attacks are usually given.</summary>
    public override string ToString()
    {
        var levels = Value * 255;
        var isLevels = Value is > 0 and < 1 && Math.Abs(levels - Math.Round(levels)) < 1e-9 && Math.Abs(Value * 100 - Math.Round(Value * 100)) > 1e-9;
        return isLevels ? string.Create(CultureInfo.InvariantCulture, $"{levels:0}/255") : Value.ToString("R", CultureInfo.InvariantCulture);
    }
}
