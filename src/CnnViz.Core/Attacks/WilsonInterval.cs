namespace CnnViz.Attacks;

/// <summary>Where a proportion lies, seen from a sample (Wilson 1927): right for small samples and near 0 and 1, too.</summary>
public static class WilsonInterval
{
    private const double Quantile = 1.959963984540054; // of the normal distribution, for 95 %

    /// <summary>The interval at a confidence of 95 %.</summary>
    /// <param name="successes">How many had it.</param>
    /// <param name="count">Of how many.</param>
    public static (double Lower, double Upper) Of(int successes, int count)
    {
        if (count == 0)
            return (0, 1);
        var (part, square) = ((double)successes / count, Quantile * Quantile);
        var center = (part + square / (2 * count)) / (1 + square / count);
        var half = Quantile / (1 + square / count) * Math.Sqrt(part * (1 - part) / count + square / (4.0 * count * count));
        return (Math.Max(0, center - half), Math.Min(1, center + half));
    }
}
