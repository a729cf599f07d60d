using System.Numerics;
using CnnViz.Running;

namespace CnnViz.Data.Patterns;

/// <summary>The colours of a picture, each RGB in [0,1]: chosen by lightness, chroma and hue in OKLab (Björn Ottosson, 2020), where equal steps look equal.</summary>
/// <param name="Ground">What figures stand on.</param>
/// <param name="Figure">Clearly lighter or darker than the ground.</param>
/// <param name="Second">A relative of the figure's colour.</param>
/// <param name="Accent">Strong, for small details.</param>
/// <param name="Shadow">A relative of the ground, a little away from it.</param>
internal sealed record Palette(Vector3 Ground, Vector3 Figure, Vector3 Second, Vector3 Accent, Vector3 Shadow)
{
    /// <summary>How far the figure's hue may lie from the ground's, in turns: relatives, thirds, opposites.</summary>
    private static readonly float[] Intervals = [0.07f, 0.2f, 0.33f, 0.42f, 0.5f, 0.58f, 0.67f, 0.8f];

    /// <summary>Chooses one.</summary>
    public static Palette Choose(ref SplitMix64 random)
    {
        var hue = random.NextSingle();
        var interval = Intervals[random.NextInt32(Intervals.Length)] + random.NextSingle(-0.03f, 0.03f);
        var isDark = random.NextSingle() < 0.5f;
        var vividness = random.NextSingle() < 0.12f ? random.NextSingle(0, 0.25f) : random.NextSingle(0.75f, 1.3f);
        var ground = isDark ? random.NextSingle(0.2f, 0.48f) : random.NextSingle(0.72f, 0.96f);
        var figure = isDark ? ground + random.NextSingle(0.3f, 0.48f) : ground - random.NextSingle(0.28f, 0.5f);
        var away = isDark ? 1 : -1;
        return new Palette(
            Color(ground, vividness * random.NextSingle(0.03f, 0.13f), hue),
            Color(figure, vividness * random.NextSingle(0.09f, 0.2f), hue + interval),
            Color(figure + random.NextSingle(-0.08f, 0.12f), vividness * random.NextSingle(0.09f, 0.2f), hue + interval + random.NextSingle(-0.22f, 0.22f)),
            Color(Math.Clamp(figure + (away * random.NextSingle(-0.05f, 0.2f)), 0.2f, 0.95f), vividness * random.NextSingle(0.14f, 0.24f), hue + interval + random.NextSingle(0.3f, 0.7f)),
            Color(ground + random.NextSingle(-0.12f, 0.12f), vividness * random.NextSingle(0.03f, 0.14f), hue + random.NextSingle(-0.12f, 0.12f)));
    }

    /// <summary>A colour, as vivid as the screen can show it at most.</summary>
    /// <param name="lightness">0 black to 1 white.</param>
    /// <param name="chroma">0 grey to about 0.3.</param>
    /// <param name="hue">In turns: 0.08 red, 0.3 yellow, 0.4 green, 0.73 blue.</param>
    public static Vector3 Color(float lightness, float chroma, float hue)
    {
        var color = Linear(lightness, 0, hue);
        for (var part = chroma; part > 0.004f; part *= 0.85f)
        {
            var candidate = Linear(lightness, part, hue);
            if (MathF.Min(candidate.X, MathF.Min(candidate.Y, candidate.Z)) < 0 || MathF.Max(candidate.X, MathF.Max(candidate.Y, candidate.Z)) > 1)
                continue;
            color = candidate;
            break;
        }
        return new Vector3(Encode(color.X), Encode(color.Y), Encode(color.Z));
    }

    private static Vector3 Linear(float lightness, float chroma, float hue)
    {
        float a = chroma * Turns.Cosine(hue), b = chroma * Turns.Sine(hue);
        float l = lightness + (0.3963378f * a) + (0.2158038f * b), m = lightness - (0.1055613f * a) - (0.0638542f * b), s = lightness - (0.0894842f * a) - (1.2914855f * b);
        (l, m, s) = (l * l * l, m * m * m, s * s * s);
        return new Vector3(
            (4.0767417f * l) - (3.3077116f * m) + (0.2309699f * s),
            (-1.2684380f * l) + (2.6097574f * m) - (0.3413194f * s),
            (-0.0041961f * l) - (0.7034186f * m) + (1.7076147f * s));
    }

    /// <summary>sRGB's curve, by roots, within 0.003: a power is not the same on every machine.</summary>
    private static float Encode(float linear)
    {
        var root = MathF.Sqrt(Math.Clamp(linear, 0, 1));
        var fourth = MathF.Sqrt(root);
        return Math.Clamp((0.5851224f * root) + (0.7831404f * fourth) - (0.3682627f * MathF.Sqrt(fourth)), 0, 1);
    }
}
