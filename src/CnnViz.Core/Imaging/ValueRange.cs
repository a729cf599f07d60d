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
