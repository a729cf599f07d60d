namespace CnnViz.Data.Patterns;

/// <summary>
/// Angles in turns (1 is the full circle), by polynomials: only additions, multiplications, divisions and rounding are used, which give the same bits
/// on every machine, as the sines of the machines' own libraries do not.
/// </summary>
internal static class Turns
{
    /// <summary>The sine, within 0.0012.</summary>
    public static float Sine(float turns)
    {
        var t = turns - MathF.Floor(turns + 0.5f);
        var parabola = t * (8 - (16 * MathF.Abs(t)));
        return parabola * (0.775f + (0.225f * MathF.Abs(parabola)));
    }

    /// <summary>The cosine, within 0.0012.</summary>
    public static float Cosine(float turns) => Sine(turns + 0.25f);

    /// <summary>The angle of a point, from −0.5 to 0.5, within 0.00001 (Abramowitz and Stegun 4.4.49).</summary>
    public static float Angle(float x, float y)
    {
        const float turn = 1 / (2 * MathF.PI);
        float across = MathF.Abs(x), along = MathF.Abs(y);
        var ratio = MathF.Min(across, along) / MathF.Max(MathF.Max(across, along), 1e-12f);
        var square = ratio * ratio;
        var angle = turn * ratio * (0.9998660f + (square * (-0.3302995f + (square * (0.1801410f + (square * (-0.0851330f + (square * 0.0208351f))))))));
        if (along > across)
            angle = 0.25f - angle;
        if (x < 0)
            angle = 0.5f - angle;
        return y < 0 ? -angle : angle;
    }
}
