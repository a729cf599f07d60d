using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Bands whose middles lie at whole numbers of some height; every second one may have the second colour, and a thin line may run between them.</summary>
internal abstract class Bands(Sketch sketch) : Pattern(sketch)
{
    private readonly float _width = sketch.Between(0.18f, 0.32f);
    private readonly bool _isAlternating = sketch.Chance(0.4f);
    private readonly float _line = sketch.Chance(0.35f) ? sketch.Between(0.03f, 0.06f) : -1;
    private readonly float _roundness = sketch.Chance(0.4f) ? sketch.Between(0.1f, 0.4f) : 0;

    /// <summary>The colour at a height.</summary>
    /// <param name="height">Rises by 1 from band to band.</param>
    /// <param name="length">How far it is, on the plane, to where the height is 1 more.</param>
    protected Vector3 Band(float height, float length)
    {
        var away = FromWhole(height);
        var ink = _isAlternating && ((int)MathF.Floor(height + 0.5f) & 1) == 1 ? Inks.Second : Inks.Figure;
        var part = away / _width;
        var color = Mix(Inks.Ground, ink * (1 - (_roundness * part * part)), Cover((away - _width) * length));
        return _line < 0 ? color : Mix(color, Inks.Accent, Cover((0.5f - away - _line) * length));
    }
}

/// <summary>Straight bands.</summary>
internal sealed class Stripes(Sketch sketch) : Bands(sketch)
{
    public override Vector3 At(float x, float y) => Band(y, 1);
}

/// <summary>Bands that go up and down in straight lines.</summary>
internal sealed class Zigzag(Sketch sketch) : Bands(sketch)
{
    private readonly float _wave = sketch.Between(0.9f, 1.7f);
    private readonly float _slope = sketch.Between(0.8f, 1.4f);

    public override Vector3 At(float x, float y) =>
        Band(y + (_slope * _wave * FromWhole(x / _wave)), 1 / MathF.Sqrt(1 + (_slope * _slope)));
}

/// <summary>Bands that swing.</summary>
internal sealed class Waves(Sketch sketch) : Bands(sketch)
{
    private readonly float _wave = sketch.Between(1.6f, 3f);
    private readonly float _height = sketch.Between(0.28f, 0.5f);
    private readonly float _drift = sketch.Between(-0.15f, 0.15f);

    public override Vector3 At(float x, float y)
    {
        var turns = (x / _wave) + (_drift * y);
        var slope = 2 * MathF.PI * _height / _wave * Turns.Cosine(turns);
        return Band(y + (_height * Turns.Sine(turns)), 1 / MathF.Sqrt(1 + (slope * slope)));
    }
}

/// <summary>Rays from a middle, as of a sun.</summary>
internal sealed class Rays(Sketch sketch) : Pattern(sketch)
{
    private readonly int _count = sketch.Between(7, 16);
    private readonly float _width = sketch.Between(0.18f, 0.3f);
    private readonly float _disc = sketch.Chance(0.5f) ? sketch.Between(0.12f, 0.3f) : -1;
    private readonly float _fade = sketch.Between(0f, 0.5f);
    private readonly float _x = sketch.Between(-0.3f, 0.3f);
    private readonly float _y = sketch.Between(-0.3f, 0.3f);

    public override Vector3 At(float x, float y)
    {
        (x, y) = (x - _x, y - _y);
        var radius = Length(x, y);
        var away = FromWhole(_count * Turns.Angle(x, y));
        var figure = Mix(Inks.Figure, Inks.Second, Math.Clamp(_fade * radius * 2, 0, 1));
        var color = Mix(Inks.Ground, figure, Cover((away - _width) * radius * (2 * MathF.PI) / _count));
        return _disc < 0 ? color : Mix(color, Inks.Accent, Cover(radius - _disc));
    }
}
