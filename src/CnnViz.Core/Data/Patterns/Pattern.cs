using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>A pattern: a colour for each place of the plane, at any resolution, with edges that are as soft as a pixel is long.</summary>
/// <param name="sketch">What it is made from.</param>
internal abstract class Pattern(Sketch sketch)
{
    /// <summary>The colours.</summary>
    protected Palette Inks { get; } = sketch.Inks;

    /// <summary>How long a pixel is.</summary>
    protected float Pixel { get; } = sketch.Pixel;

    /// <summary>For outlines and small dark parts: dark, or light on a dark ground.</summary>
    protected Vector3 Outline { get; } = sketch.Inks.Ground.X + sketch.Inks.Ground.Y + sketch.Inks.Ground.Z < 1.2f ? Mix(sketch.Inks.Figure, Vector3.One, 0.55f) : sketch.Inks.Figure * 0.3f;

    private readonly float _sharpness = 1 / sketch.Pixel;

    /// <summary>The colour at a place, RGB, about [0,1].</summary>
    public abstract Vector3 At(float x, float y);

    /// <summary>How much of a pixel lies inside a figure, in [0,1].</summary>
    /// <param name="distance">The place's distance from the figure's edge, negative inside.</param>
    protected float Cover(float distance) => Math.Clamp(0.5f - (distance * _sharpness), 0, 1);

    /// <summary>Between two colours: the first for 0, the second for 1.</summary>
    protected static Vector3 Mix(Vector3 first, Vector3 second, float part) => first + ((second - first) * part);

    /// <summary>Between two numbers.</summary>
    protected static float Mix(float first, float second, float part) => first + ((second - first) * part);

    /// <summary>What is behind the whole number below, in [0,1).</summary>
    protected static float Fraction(float value) => value - MathF.Floor(value);

    /// <summary>The distance from the nearest whole number, 0 to 0.5.</summary>
    protected static float FromWhole(float value) => MathF.Abs(value - MathF.Floor(value + 0.5f));

    /// <summary>The length of a vector.</summary>
    protected static float Length(float x, float y) => MathF.Sqrt((x * x) + (y * y));

    /// <summary>From 0 to 1 between two bounds, without a corner.</summary>
    protected static float SmoothStep(float low, float high, float value)
    {
        var t = Math.Clamp((value - low) / (high - low), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
