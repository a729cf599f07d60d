namespace CnnViz.Imaging;

/// <summary>Round numbers along an axis.</summary>
/// <param name="Low">The lowest, at or below the smallest value.</param>
/// <param name="High">The highest, at or above the largest value.</param>
/// <param name="Spacing">From one to the next: 1, 2 or 5 times a power of ten.</param>
internal readonly record struct AxisTicks(double Low, double High, double Spacing)
{
    private const int Most = 5;

    /// <summary>How many steps there are from <see cref="Low"/> to <see cref="High"/>.</summary>
    public int Count => (int)Math.Round((High - Low) / Spacing);

    /// <summary>The ticks for values, about five of them.</summary>
    /// <param name="values">The values, at least one.</param>
    public static AxisTicks For(IReadOnlyCollection<double> values)
    {
        var (smallest, largest) = (values.Min(), values.Max());
        var spacing = SpacingOf(largest - smallest);
        var low = Math.Floor(smallest / spacing) * spacing;
        return new AxisTicks(low, Math.Max(Math.Ceiling(largest / spacing) * spacing, low + spacing), spacing);
    }

    private static double SpacingOf(double range)
    {
        if (range <= 0)
            return 0.1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / Most)));
        return power * ((double[])[1, 2, 5, 10]).First(factor => power * factor * Most >= range);
    }
}
