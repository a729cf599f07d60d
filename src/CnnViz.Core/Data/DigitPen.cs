using System.Collections.Immutable;
using CnnViz.Running;

namespace CnnViz.Data;

/// <summary>
/// Writes one digit as a hand might: a style is chosen, its points tremble, the whole is bent, slanted, turned and stretched, and the
/// strokes are drawn with a pen of some width. Size and place follow MNIST: a box of about 20 pixels, its centre of mass in the
/// middle of 28.
/// Only additions, multiplications, divisions and square roots are used: those give the same bits on every machine.
/// </summary>
internal static class DigitPen
{
    /// <summary>Rows and columns of a picture.</summary>
    public const int Size = 28;

    private const int StepsPerPoint = 5;
    private const int MaximumPoints = 160;
    private const float Box = 20;

    /// <summary>A point on the flattened path; the segment from the point before it is drawn unless the pen was lifted.</summary>
    private struct PathPoint
    {
        public float X;
        public float Y;
        public float Radius;
        public bool IsStart;
    }

    /// <summary>Draws a digit white on black.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="random">All choices come from here.</param>
    /// <param name="pixels">28 × 28 values 0 to 255, row by row; overwritten.</param>
    public static void Draw(int digit, SplitMix64 random, Span<byte> pixels)
    {
        Span<PathPoint> buffer = stackalloc PathPoint[MaximumPoints];
        var path = Trace(ChooseStyle(DigitStyle.OfDigit[digit], ref random), Distortion.Draw(ref random), ref random, buffer);
        var radius = PenRadius(ref random);
        Press(path, radius, ref random);
        Place(path, radius, ref random);
        Rasterize(path, softness: random.NextSingle(0.5f, 0.9f), ink: random.NextSingle(0.85f, 1.1f), pixels);
    }

    private static DigitStyle ChooseStyle(ImmutableArray<DigitStyle> styles, ref SplitMix64 random)
    {
        var total = 0;
        foreach (var style in styles)
            total += style.Weight;
        var ticket = random.NextInt32(total);
        var chosen = 0;
        while (ticket >= styles[chosen].Weight)
            ticket -= styles[chosen++].Weight;
        return styles[chosen];
    }

    /// <summary>Moves the control points and runs a Catmull–Rom spline through them.</summary>
    private static Span<PathPoint> Trace(DigitStyle style, in Distortion distortion, ref SplitMix64 random, Span<PathPoint> buffer)
    {
        const float tremble = 0.06f, strokeShift = 0.04f;
        Span<float> xs = stackalloc float[16];
        Span<float> ys = stackalloc float[16];
        var count = 0;
        foreach (var stroke in style.Strokes)
        {
            var shiftX = style.Strokes.Length > 1 ? strokeShift * random.NextBell() : 0;
            var shiftY = style.Strokes.Length > 1 ? strokeShift * random.NextBell() : 0;
            for (var i = 0; i < stroke.Length; i++)
            {
                var x = (stroke[i].X / 50f) - 1 + shiftX + (tremble * random.NextBell());
                var y = (stroke[i].Y / 50f) - 1 + shiftY + (tremble * random.NextBell());
                (xs[i], ys[i]) = distortion.Apply(x, y);
            }
            Stretch(xs, ys, 0, 1, ref random);
            Stretch(xs, ys, stroke.Length - 1, stroke.Length - 2, ref random);

            buffer[count++] = new PathPoint { X = xs[0], Y = ys[0], IsStart = true };
            for (var i = 1; i < stroke.Length; i++)
            {
                var before = i == 1 || stroke[i - 1].IsCorner ? i - 1 : i - 2;
                var after = i == stroke.Length - 1 || stroke[i].IsCorner ? i : i + 1;
                for (var step = 1; step <= StepsPerPoint; step++)
                {
                    var t = step / (float)StepsPerPoint;
                    buffer[count++] = new PathPoint
                    {
                        X = Spline(xs[before], xs[i - 1], xs[i], xs[after], t),
                        Y = Spline(ys[before], ys[i - 1], ys[i], ys[after], t),
                    };
                }
            }
        }
        return buffer[..count];
    }

    /// <summary>Draws the end of a stroke out, or stops it early: loops close, overshoot or stay open.</summary>
    private static void Stretch(Span<float> xs, Span<float> ys, int end, int inner, ref SplitMix64 random)
    {
        var amount = 0.16f * random.NextBell();
        xs[end] += amount * (xs[end] - xs[inner]);
        ys[end] += amount * (ys[end] - ys[inner]);
    }

    private static float Spline(float p0, float p1, float p2, float p3, float t) =>
        p1 + (0.5f * t * (p2 - p0 + (t * ((2 * p0) - (5 * p1) + (4 * p2) - p3 + (t * ((3 * (p1 - p2)) + p3 - p0))))));

    /// <summary>Half the width of the stroke in pixels.</summary>
    private static float PenRadius(ref SplitMix64 random)
    {
        var radius = 1.4f + (0.5f * random.NextBell());
        return Math.Clamp(radius, 0.6f, 2.4f);
    }

    /// <summary>The pen presses harder here than there: the width changes along the path.</summary>
    private static void Press(Span<PathPoint> path, float radius, ref SplitMix64 random)
    {
        var slope = 0.16f * random.NextBell();
        var middle = 0.12f * random.NextBell();
        for (var i = 0; i < path.Length; i++)
        {
            var t = (2f * i / path.Length) - 1;
            path[i].Radius = radius * Math.Clamp(1 + (slope * t) + (middle * (1 - (2 * t * t))), 0.6f, 1.5f);
        }
    }

    /// <summary>Scales the path into the box and puts its centre of mass into the middle, as MNIST was made.</summary>
    private static void Place(Span<PathPoint> path, float radius, ref SplitMix64 random)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        float mass = 0, massX = 0, massY = 0;
        for (var i = 0; i < path.Length; i++)
        {
            ref readonly var point = ref path[i];
            left = Math.Min(left, point.X);
            right = Math.Max(right, point.X);
            top = Math.Min(top, point.Y);
            bottom = Math.Max(bottom, point.Y);
            if (point.IsStart)
                continue;
            ref readonly var last = ref path[i - 1];
            float dx = point.X - last.X, dy = point.Y - last.Y;
            var weight = MathF.Sqrt((dx * dx) + (dy * dy)) * (point.Radius + last.Radius);
            mass += weight;
            massX += weight * (point.X + last.X) / 2;
            massY += weight * (point.Y + last.Y) / 2;
        }
        var extent = Math.Max(right - left, bottom - top);
        var scale = (Box * (1 + (0.04f * random.NextBell())) - (2 * radius)) / extent;
        var x = Center(massX / mass, left, right);
        var y = Center(massY / mass, top, bottom);
        foreach (ref var point in path)
        {
            point.X = x + (scale * point.X);
            point.Y = y + (scale * point.Y);
        }

        float Center(float centre, float low, float high)
        {
            // Pixel centres are at whole numbers, so the middle of 28 is 13.5.
            const float middle = (Size - 1) / 2f;
            var margin = radius + 0.5f;
            return Math.Clamp(middle - (scale * centre), margin - (scale * low), Size - 1 - margin - (scale * high));
        }
    }

    /// <summary>Covers each pixel by its distance to the nearest segment: full inside of the stroke, then a soft edge.</summary>
    private static void Rasterize(ReadOnlySpan<PathPoint> path, float softness, float ink, Span<byte> pixels)
    {
        // How deep each pixel lies inside the stroke, in pixels; the deepest segment counts.
        Span<float> depth = stackalloc float[Size * Size];
        depth.Fill(-softness);
        for (var i = 1; i < path.Length; i++)
        {
            if (!path[i].IsStart)
                DrawSegment(path[i - 1], path[i], softness, depth);
        }
        for (var i = 0; i < depth.Length; i++)
        {
            var value = ink * (depth[i] + softness) / (2 * softness);
            pixels[i] = (byte)((255 * Math.Clamp(value, 0, 1)) + 0.5f);
        }
    }

    private static void DrawSegment(in PathPoint from, in PathPoint to, float softness, Span<float> depth)
    {
        var reach = Math.Max(from.Radius, to.Radius) + softness;
        var left = Math.Max(0, (int)(Math.Min(from.X, to.X) - reach));
        var right = Math.Min(Size - 1, (int)(Math.Max(from.X, to.X) + reach));
        var top = Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach));
        var bottom = Math.Min(Size - 1, (int)(Math.Max(from.Y, to.Y) + reach));
        float dx = to.X - from.X, dy = to.Y - from.Y;
        var inverse = 1 / Math.Max((dx * dx) + (dy * dy), 1e-6f);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                float px = column - from.X, py = row - from.Y;
                var t = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                float ex = px - (t * dx), ey = py - (t * dy);
                var inside = from.Radius + (t * (to.Radius - from.Radius)) - MathF.Sqrt((ex * ex) + (ey * ey));
                ref var deepest = ref depth[(row * Size) + column];
                deepest = Math.Max(deepest, inside);
            }
        }
    }

    /// <summary>What happens to the plane that the digit is written on, in coordinates from −1 to 1: a bend, then an affine map.</summary>
    private readonly struct Distortion
    {
        private readonly float _xx, _xy, _yx, _yy;
        private readonly float _bendX1, _bendX2, _bendX3, _bendX4, _bendY1, _bendY2, _bendY3, _bendY4;

        private Distortion(ref SplitMix64 random)
        {
            const float bend = 0.075f;
            _bendX1 = bend * random.NextBell();
            _bendX2 = 1.8f * bend * random.NextBell();
            _bendX3 = bend * random.NextBell();
            _bendX4 = bend * random.NextBell();
            _bendY1 = bend * random.NextBell();
            _bendY2 = bend * random.NextBell();
            _bendY3 = 1.8f * bend * random.NextBell();
            _bendY4 = bend * random.NextBell();

            // By the tangent of half the angle: cosine and sine without a function that differs between machines.
            var half = 0.06f * random.NextBell();
            var cosine = (1 - (half * half)) / (1 + (half * half));
            var sine = 2 * half / (1 + (half * half));
            var slant = -0.15f + (0.3f * random.NextBell());
            var width = Math.Clamp(0.95f + (0.2f * random.NextBell()), 0.4f, 1.6f);
            _xx = cosine * width;
            _xy = (cosine * slant) - sine;
            _yx = sine * width;
            _yy = (sine * slant) + cosine;
        }

        public static Distortion Draw(ref SplitMix64 random) => new(ref random);

        public (float X, float Y) Apply(float x, float y)
        {
            var bentX = x + (_bendX1 * y * y) + (_bendX2 * x * y) + (_bendX3 * x * x) + (_bendX4 * y * y * y);
            var bentY = y + (_bendY1 * x * x) + (_bendY2 * x * y) + (_bendY3 * y * y) + (_bendY4 * x * x * x);
            return ((_xx * bentX) + (_xy * bentY), (_yx * bentX) + (_yy * bentY));
        }
    }
}
