using CnnViz.Running;

namespace CnnViz.Data.Patterns;

/// <summary>How a pattern's plane lies in the picture: bent, turned, scaled and shifted.</summary>
internal readonly struct Pose
{
    private readonly float _xx, _xy, _yx, _yy, _x, _y, _bendX, _bendY, _lean, _rise;

    /// <summary>Chooses one.</summary>
    /// <param name="kind">The class, which knows its sizes and directions.</param>
    /// <param name="random">All choices come from here.</param>
    public Pose(PatternKind kind, ref SplitMix64 random)
    {
        const float bend = 0.05f;
        // As many large patterns as small ones: the periods' reciprocal is uniform.
        var periods = 1 / random.NextSingle(1 / kind.Most, 1 / kind.Fewest);
        Scale = periods / 2;
        var turn = random.NextSingle(-kind.Tilt, kind.Tilt);
        var stretch = 1 + (0.05f * random.NextBell());
        (_xx, _yy) = (Scale * stretch * Turns.Cosine(turn), Scale / stretch * Turns.Cosine(turn));
        (_xy, _yx) = (Scale * stretch * Turns.Sine(turn), -Scale / stretch * Turns.Sine(turn));
        // The middle of a period lies near the picture's middle, the nearer the fewer periods there are: a figure that is alone is seen whole.
        var freedom = 0.5f * (1 - (1 / MathF.Max(1, periods)));
        (_x, _y) = (random.NextSingle(-freedom, freedom), random.NextSingle(-freedom, freedom));
        (_bendX, _bendY, _lean, _rise) = (bend * random.NextBell(), bend * random.NextBell(), bend * random.NextBell(), bend * random.NextBell());
    }

    /// <summary>How much longer the pattern's plane is than the picture's.</summary>
    public float Scale { get; }

    /// <summary>The pattern's place that shows at a place of the picture, whose shorter side runs from −1 to 1.</summary>
    public (float X, float Y) Apply(float x, float y)
    {
        var product = x * y;
        var bentX = x + (_bendX * y * y) + (_lean * product);
        var bentY = y + (_bendY * x * x) + (_rise * product);
        return ((_xx * bentX) + (_xy * bentY) + _x, (_yx * bentX) + (_yy * bentY) + _y);
    }
}
