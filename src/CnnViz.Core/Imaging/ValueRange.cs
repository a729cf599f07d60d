namespace CnnViz.Imaging;

/// <summary>The values between which a map is drawn.</summary>
/// <param name="Minimum">The value drawn as 0.</param>
/// <param name="Maximum">The value drawn as 1.</param>
public readonly record struct ValueRange(float Minimum, float Maximum)
{
    /// <summary>From the smallest to the largest finite value; [0,0] where there is none.</summary>
    public static ValueRange Of(CnnTensor tensor)
    {
        var (minimum, maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in tensor.Data)
        {
            if (float.IsFinite(value))
                (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
        }
        return minimum <= maximum ? new(minimum, maximum) : default;
    }

    /// <summary>The smallest range around 0 that is as wide on both sides and holds every finite value.</summary>
    public static ValueRange SymmetricOf(CnnTensor tensor)
    {
        var range = Of(tensor);
        var reach = Math.Max(Math.Abs(range.Minimum), Math.Abs(range.Maximum));
        return new(-reach, reach);
    }

    /// <summary>
    /// The magnitude up to which magnitudes, from the smallest on, come to so many per cent of the sum of all: the scale of a map with outliers, as captum's
    /// pictures take it. 0 where all values are 0; what is not finite does not count.
    /// </summary>
    /// <param name="tensor">The values.</param>
    /// <param name="percentile">In ]0,100]; 100 for the largest magnitude.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a percentile outside of its range.</exception>
    public static float ReachOf(CnnTensor tensor, double percentile)
    {
        if (!(percentile is > 0 and <= 100))
            throw Errors.ArgumentInvalid("Percentile", percentile, "more than 0 and at most 100");
        float[] magnitudes = [.. tensor.Data.Where(float.IsFinite).Select(Math.Abs).Order()];
        var wanted = magnitudes.Sum(value => (double)value) * percentile / 100;
        var sum = 0.0;
        foreach (var magnitude in magnitudes)
        {
            sum += magnitude;
            if (sum >= wanted)
                return magnitude;
        }
        return magnitudes.LastOrDefault();
    }

    /// <summary>A value's place in the range, clamped to [0,1]; 0 for NaN and in an empty range.</summary>
    public float Place(float value) =>
        Maximum > Minimum && value > Minimum ? Math.Min((value - Minimum) / (Maximum - Minimum), 1) : 0;

    /// <summary>The tensor scaled to [0,1]. A constant one becomes zeros, not NaN.</summary>
    public static CnnTensor Normalize(CnnTensor tensor)
    {
        var range = Of(tensor);
        return new CnnTensor(Array.ConvertAll(tensor.Data, range.Place), tensor.Shape, tensor.Layout);
    }
}
