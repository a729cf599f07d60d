using System.Globalization;

namespace CnnViz;

/// <summary>The mean of some values and how they spread.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The sample's standard deviation; 0 for one value.</param>
/// <param name="Count">The values.</param>
public sealed record Statistic(double Mean, double Deviation, int Count)
{
    /// <summary>That of the values that are there; null where none is.</summary>
    public static Statistic? Of(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        if (known.Length == 0)
            return null;
        var mean = known.Average();
        return new Statistic(mean, Math.Sqrt(known.Sum(value => (value - mean) * (value - mean)) / Math.Max(known.Length - 1, 1)), known.Length);
    }

    /// <summary>Such as <c>0.412 ± 0.031</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:0.000} ± {Deviation:0.000}");
}
