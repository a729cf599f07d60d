namespace CnnViz.Reading.Faithfulness;

/// <summary>Spearman's rank correlation.</summary>
internal static class RankCorrelation
{
    /// <summary>The correlation of the ranks, equal values sharing the mean of theirs; 1 for equal arrays, and 0 where one of different ones is constant, which ranks nothing.</summary>
    public static double Of(float[] first, float[] second)
    {
        if (first.AsSpan().SequenceEqual(second))
            return 1;
        var (left, right) = (Ranks(first), Ranks(second));
        var mean = (first.Length - 1) / 2.0;
        var (covariance, leftVariance, rightVariance) = (0.0, 0.0, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            covariance += (left[i] - mean) * (right[i] - mean);
            leftVariance += (left[i] - mean) * (left[i] - mean);
            rightVariance += (right[i] - mean) * (right[i] - mean);
        }
        var scale = Math.Sqrt(leftVariance * rightVariance);
        return scale == 0 ? 0 : covariance / scale;
    }

    private static double[] Ranks(float[] values)
    {
        var keys = (float[])values.Clone();
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(keys, order);
        var ranks = new double[values.Length];
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
                end++;
            for (var i = start; i < end; i++)
                ranks[order[i]] = (start + end - 1) / 2.0;
            start = end;
        }
        return ranks;
    }
}
