using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Round spots in rows, straight or shifted, of one colour or several.</summary>
internal sealed class Dots(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _tones = sketch.Lattice();
    private readonly float _radius = sketch.Between(0.2f, 0.36f);
    private readonly bool _isShifted = sketch.Chance(0.5f);
    private readonly int _colors = sketch.Between(1, 3);

    public override Vector3 At(float x, float y)
    {
        var row = MathF.Floor(y + 0.5f);
        if (_isShifted && ((int)row & 1) == 1)
            x += 0.5f;
        var column = MathF.Floor(x + 0.5f);
        var ink = (_tones.Bits((int)column, (int)row) % (uint)_colors) switch
        {
            0 => Inks.Figure,
            1 => Inks.Second,
            _ => Inks.Accent,
        };
        return Mix(Inks.Ground, ink, Cover(Length(x - column, y - row) - _radius));
    }
}

/// <summary>Soap bubbles of many sizes before a gradient: a bright rim, a clear inside, a highlight.</summary>
internal sealed class Bubbles(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _first = sketch.Lattice();
    private readonly Lattice _second = sketch.Lattice();

    public override Vector3 At(float x, float y)
    {
        var color = Mix(Inks.Ground, Inks.Shadow, 0.5f + (0.5f * Turns.Sine(0.08f * (x + (2 * y)))));
        color = Blow(_first, (x * 1.7f) + 0.4f, (y * 1.7f) + 0.3f, 1 / 1.7f, color);
        return Blow(_second, x, y, 1, color);
    }

    private Vector3 Blow(Lattice choices, float x, float y, float unit, Vector3 under)
    {
        float left = MathF.Floor(x), top = MathF.Floor(y);
        var bits = choices.Bits((int)left, (int)top);
        var radius = 0.24f + (0.24f * (bits & 255) / 255);
        var room = 0.98f - (2 * radius);
        float dx = x - left - 0.5f - (room * (((bits >> 8 & 255) / 255f) - 0.5f)), dy = y - top - 0.5f - (room * (((bits >> 16 & 255) / 255f) - 0.5f));
        var away = Length(dx, dy);
        var cover = Cover((away - radius) * unit);
        if (cover == 0)
            return under;
        var rim = away / radius;
        rim *= rim;
        var skin = Mix(Inks.Figure, Inks.Second, 0.5f + (0.5f * Math.Clamp(dx / radius, -1, 1)));
        var color = Mix(under, skin, cover * (0.18f + (0.75f * rim * rim)));
        var shine = Cover((Length(dx + (0.42f * radius), dy + (0.42f * radius)) - (0.16f * radius)) * unit);
        return Mix(color, Vector3.One, 0.85f * shine);
    }
}
