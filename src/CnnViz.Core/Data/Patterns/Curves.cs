using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Circles around a middle: one for the whole picture, or targets side by side.</summary>
internal sealed class Rings(Sketch sketch) : Pattern(sketch)
{
    private readonly bool _isOne = sketch.Chance(0.45f);
    private readonly float _count = sketch.Between(4f, 6.5f);
    private readonly float _width = sketch.Between(0.2f, 0.3f);
    private readonly bool _isAlternating = sketch.Chance(0.5f);

    public override Vector3 At(float x, float y)
    {
        var radius = _isOne ? Length(x, y) : Length(x - MathF.Floor(x + 0.5f), y - MathF.Floor(y + 0.5f));
        var color = Inks.Ground;
        if (_isOne || radius < 0.5f)
        {
            var height = radius * _count;
            var ink = _isAlternating && ((int)MathF.Floor(height + 0.5f) & 1) == 1 ? Inks.Second : Inks.Figure;
            color = Mix(Inks.Ground, ink, Cover((FromWhole(height) - _width) / _count));
        }
        return _isOne ? color : Mix(Inks.Shadow, color, Cover(radius - 0.48f));
    }
}

/// <summary>Spirals of Archimedes, with one arm or more: one for the whole picture, or side by side.</summary>
internal sealed class Spirals(Sketch sketch) : Pattern(sketch)
{
    private readonly bool _isOne = sketch.Chance(0.5f);
    private readonly float _count = sketch.Between(3.5f, 5.5f);
    private readonly int _arms = sketch.Chance(0.5f) ? 1 : sketch.Between(2, 3);
    private readonly float _hand = sketch.Chance(0.5f) ? 1 : -1;
    private readonly float _width = sketch.Between(0.18f, 0.28f);
    private readonly float _fade = sketch.Between(0f, 1f);

    public override Vector3 At(float x, float y)
    {
        if (!_isOne)
            (x, y) = (x - MathF.Floor(x + 0.5f), y - MathF.Floor(y + 0.5f));
        var radius = Length(x, y);
        var ink = Mix(Inks.Figure, Inks.Second, Math.Clamp(_fade * radius * 2, 0, 1));
        var away = FromWhole((radius * _count) + (_hand * _arms * Turns.Angle(x, y)));
        // Near the middle the arms are steeper than the radius alone says.
        var slope = MathF.Sqrt((_count * _count) + (0.0253f * _arms * _arms / MathF.Max(radius * radius, 0.001f)));
        var color = Mix(Inks.Ground, ink, Cover((away - _width) / slope));
        return _isOne ? color : Mix(Inks.Shadow, color, Cover(radius - 0.48f));
    }
}

/// <summary>Rounded plates in rows, each row over the one below, shifted by half.</summary>
internal abstract class Plates(Sketch sketch, float spacing) : Pattern(sketch)
{
    private const int Rows = 4;
    private readonly Lattice _tones = sketch.Lattice();

    public override Vector3 At(float x, float y)
    {
        var color = Vector3.Zero;
        var visible = 1f;
        var first = (int)MathF.Floor(y / spacing) - Rows + 1;
        for (var row = first; visible > 0.01f && row < first + Rows; row++)
        {
            var shifted = x + (0.5f * (row & 1));
            var column = MathF.Floor(shifted + 0.5f);
            float dx = shifted - column, dy = y - (row * spacing);
            var cover = row == first + Rows - 1 ? 1 : Cover(Edge(dx, dy));
            if (cover > 0)
                color += visible * cover * Plate(dx, dy, _tones.At((int)column, row));
            visible *= 1 - cover;
        }
        return color;
    }

    /// <summary>The distance from a plate's edge, negative inside.</summary>
    /// <param name="dx">From the plate's middle, −0.5 to 0.5.</param>
    /// <param name="dy">From where the plate hangs.</param>
    protected abstract float Edge(float dx, float dy);

    /// <summary>The plate's colour.</summary>
    /// <param name="dx">From the plate's middle, −0.5 to 0.5.</param>
    /// <param name="dy">From where the plate hangs.</param>
    /// <param name="tone">The plate's own random number, in [0,1).</param>
    protected abstract Vector3 Plate(float dx, float dy, float tone);
}

/// <summary>The scales of a fish.</summary>
internal sealed class Scales(Sketch sketch) : Plates(sketch, spacing: 0.3f)
{
    private const float Radius = 0.56f;
    private readonly float _rim = sketch.Between(0.045f, 0.09f);
    private readonly float _variety = sketch.Between(0f, 0.7f);
    private readonly float _shade = sketch.Between(0.2f, 0.6f);

    protected override float Edge(float dx, float dy) => Length(dx, dy) - Radius;

    protected override Vector3 Plate(float dx, float dy, float tone)
    {
        var inside = Radius - Length(dx, dy);
        var plate = Mix(Inks.Figure, Inks.Second, _variety * tone) * (1 - (_shade * Math.Clamp(inside * 2.2f, 0, 1)));
        return Mix(plate, Inks.Ground, Cover(inside - _rim));
    }
}

/// <summary>The plumage of a bird: rounded vanes with a shaft and slanting barbs.</summary>
internal sealed class Feathers(Sketch sketch) : Plates(sketch, spacing: 0.5f)
{
    private const float Reach = 1.3f;
    private readonly float _barbs = sketch.Between(6f, 9f);
    private readonly float _slant = sketch.Between(0.7f, 1.4f);
    private readonly float _contrast = sketch.Between(0.4f, 0.8f);
    private readonly float _spot = sketch.Chance(0.4f) ? sketch.Between(0.12f, 0.18f) : 0;

    protected override float Edge(float dx, float dy)
    {
        // A parabola: pointed where the shaft ends.
        var reach = Reach * (1 - (3.2f * dx * dx));
        return (dy - reach) * 0.5f;
    }

    protected override Vector3 Plate(float dx, float dy, float tone)
    {
        var aside = MathF.Abs(dx);
        var inside = -Edge(dx, dy);
        var barb = FromWhole((_barbs * (dy + (_slant * -aside))) + tone);
        var vane = Mix(Inks.Figure, Inks.Second, 0.8f * tone) * (1.1f - (_contrast * (0.5f - barb)) - (0.5f * SmoothStep(0.25f, 0.6f, inside)));
        if (_spot > 0)
            vane = Mix(vane, Inks.Accent, Cover(Length(dx, dy - Reach + 0.32f) - _spot));
        vane = Mix(vane, Inks.Ground, Cover(inside - 0.04f));
        return Mix(vane, Inks.Ground, Cover(aside - 0.025f));
    }
}
