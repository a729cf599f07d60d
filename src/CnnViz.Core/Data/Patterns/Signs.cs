using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Stars with four points or more, flat or with facets.</summary>
internal sealed class Stars : Motif
{
    private readonly int _points;
    private readonly float _innerX, _innerY, _normalX, _normalY, _facet;

    public Stars(Sketch sketch) : base(sketch, tilt: 0.5f)
    {
        _points = sketch.Between(4, 7);
        var inner = _points < 6 ? sketch.Between(0.36f, 0.46f) : sketch.Between(0.5f, 0.6f);
        (_innerX, _innerY) = (inner * Turns.Cosine(0.5f / _points), inner * Turns.Sine(0.5f / _points));
        var side = Length(1 - _innerX, _innerY);
        (_normalX, _normalY) = (_innerY / side, (1 - _innerX) / side);
        _facet = sketch.Chance(0.5f) ? sketch.Between(0.1f, 0.3f) : 0;
    }

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        // Folded into half a point: from the tip at (1, 0) to the notch.
        float turns = _points * Turns.Angle(x, y), radius = Length(x, y);
        var away = turns - MathF.Floor(turns + 0.5f);
        var folded = MathF.Abs(away) / _points;
        var distance = (((radius * Turns.Cosine(folded)) - 1) * _normalX) + (radius * Turns.Sine(folded) * _normalY);
        return Over(under, Ink * (away > 0 ? 1 + _facet : 1 - _facet), distance);
    }
}

/// <summary>Crosses with four equal arms, with a border at times.</summary>
internal sealed class Crosses(Sketch sketch) : Motif(sketch, tilt: 0.14f)
{
    private readonly float _width = sketch.Between(0.2f, 0.34f);
    private readonly float _border = sketch.Chance(0.5f) ? sketch.Between(0.09f, 0.13f) : 0;

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        (x, y) = (MathF.Abs(x), MathF.Abs(y));
        var distance = MathF.Min(MathF.Max(x - 0.95f, y - _width), MathF.Max(x - _width, y - 0.95f));
        var color = Over(under, Ink, distance);
        return _border == 0 ? color : Over(color, Inks.Accent, distance + _border);
    }
}

/// <summary>Hearts.</summary>
internal sealed class Hearts(Sketch sketch) : Motif(sketch, tilt: 0.09f)
{
    private readonly float _shine = sketch.Between(0f, 0.7f);
    private readonly float _border = sketch.Chance(0.35f) ? sketch.Between(0.1f, 0.16f) : 0;

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        var distance = Distance(MathF.Abs(x) / 1.5f, (0.8f - y) / 1.5f) * 1.5f;
        var color = Over(under, Ink, distance);
        if (_border > 0)
            color = Over(color, Inks.Accent, distance + _border);
        return Mix(color, Vector3.One, _shine * SmoothStep(0.3f, 0, Length(x + 0.45f, y + 0.4f)));
    }

    /// <summary>Of a heart whose tip is at the origin and whose lobes end at y = 1.1; y up.</summary>
    private static float Distance(float x, float y)
    {
        if (x + y > 1)
            return Length(x - 0.25f, y - 0.75f) - 0.3535534f;
        var toNotch = (x * x) + ((y - 1) * (y - 1));
        var along = 0.5f * MathF.Max(x + y, 0);
        var toSide = ((x - along) * (x - along)) + ((y - along) * (y - along));
        var distance = MathF.Sqrt(MathF.Min(toNotch, toSide));
        return x > y ? distance : -distance;
    }
}

/// <summary>Crescents of the moon, with craters at times.</summary>
internal sealed class Moons(Sketch sketch) : Motif(sketch, tilt: 0.3f)
{
    private readonly float _offset = sketch.Between(0.42f, 0.65f);
    private readonly float _bite = sketch.Between(0.72f, 0.85f);
    private readonly float _hand = sketch.Chance(0.5f) ? 1 : -1;
    private readonly bool _hasCraters = sketch.Chance(0.5f);

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        x *= _hand;
        var distance = MathF.Max(Length(x, y) - 0.95f, _bite - Length(x - _offset, y));
        if (!_hasCraters)
            return Over(under, Ink, distance);
        var crater = MathF.Min(Length(x + 0.62f, y + 0.25f) - 0.13f, MathF.Min(Length(x + 0.6f, y - 0.3f) - 0.09f, Length(x + 0.3f, y - 0.68f) - 0.08f));
        return Over(under, Mix(Ink, Inks.Ground, 0.35f * Cover(crater)), distance);
    }
}
