namespace CnnViz.Reading.Comparison;

/// <summary>How alike two maps are.</summary>
internal static class MapAgreement
{
    private const double TopShare = 0.1;

    /// <summary>Spearman's rank correlation, from -1 to 1: equal values share their mean rank. NaN where all values of one are equal, or some are not finite.</summary>
    public static double RankCorrelation(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        if (!HasOrder(one) || !HasOrder(other))
            return double.NaN;
        var (first, second) = (Ranks(one), Ranks(other));
        var mean = (first.Length - 1) / 2.0;
        var (product, square, otherSquare) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            var (x, y) = (first[i] - mean, second[i] - mean);
            product += x * y;
            square += x * x;
            otherSquare += y * y;
        }
        return product / Math.Sqrt(square * otherSquare);
    }

    /// <summary>Intersection over union of the tenth of the places with the largest values, from 0 to 1. NaN where all values of one are equal, or some are not finite.</summary>
    public static double TopOverlap(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        if (!HasOrder(one) || !HasOrder(other))
            return double.NaN;
        var first = Top(one);
        var common = first.Intersect(Top(other)).Count();
        return (double)common / (2 * first.Length - common);
    }

    private static bool HasOrder(ReadOnlySpan<float> values) =>
        !values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue) && values.ContainsAnyExcept(values[0]);

    private static int[] Top(ReadOnlySpan<float> values) => Order(values)[^Math.Max(1, (int)(values.Length * TopShare))..];

    private static double[] Ranks(ReadOnlySpan<float> values)
    {
        var order = Order(values);
        var ranks = new double[order.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end + 1 < order.Length && values[order[end + 1]] == values[order[start]])
                end++;
            for (var i = start; i <= end; i++)
                ranks[order[i]] = (start + end) / 2.0;
            start = end + 1;
        }
        return ranks;
    }

    /// <summary>The places by their values, the smallest first; equal values in the order of their places.</summary>
    private static int[] Order(ReadOnlySpan<float> values)
    {
        var keys = values.ToArray();
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order, Comparer<float>.Default);
        // Array.Sort is not stable; runs of equal values are put into order here.
        for (var start = 0; start < keys.Length;)
        {
            var end = start;
            while (end + 1 < keys.Length && keys[end + 1] == keys[start])
                end++;
            Array.Sort(order, start, end - start + 1);
            start = end + 1;
        }
        return order;
    }
}
