using System.Globalization;

namespace CnnViz.Synthesis.Style;

/// <summary>A layer and what it counts for: <c>features.1</c>, or <c>features.1=0.5</c>.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Weight">What it counts for, 0 or more.</param>
public readonly record struct LayerWeight(string Layer, double Weight = 1) : IParsable<LayerWeight>
{
    /// <summary>Understands <c>features.1</c> and <c>features.1=0.5</c>.</summary>
    /// <exception cref="FormatException">What stands behind the sign is no number.</exception>
    public static LayerWeight Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var weight)
        ? weight
        : throw new FormatException($"'{s}' is no layer with a weight. Expected a name such as features.1, or features.1=0.5.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out LayerWeight result)
    {
        var parts = (s ?? "").Split('=', 2);
        var weight = 1.0;
        var isWeight = parts.Length == 1 || double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out weight);
        result = new LayerWeight(parts[0].Trim(), weight);
        return isWeight && result.Layer.Length > 0;
    }

    /// <summary>As it is written: <c>features.1=0.5</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Layer}={Weight:R}");
}
