using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Clouds before a sky: noise of many wavelengths, bent by another noise.</summary>
internal sealed class Clouds(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _shape = sketch.Lattice();
    private readonly float _cover = sketch.Between(0.42f, 0.54f);
    private readonly float _softness = sketch.Between(0.08f, 0.2f);

    public override Vector3 At(float x, float y)
    {
        var bend = _shape.Noise(x + 7.3f, y - 2.9f) - 0.5f;
        var density = _shape.Cloud(x + bend, y + (0.6f * bend), Pixel);
        var cloud = SmoothStep(_cover - _softness, _cover + _softness, density);
        var sky = Mix(Inks.Ground, Inks.Shadow, Math.Clamp(0.5f + (0.2f * y), 0, 1));
        return Mix(sky, Mix(Inks.Figure, Inks.Second, SmoothStep(0.4f, 0.75f, density)), cloud);
    }
}

/// <summary>Polished stone with fine dark and bright veins.</summary>
internal sealed class Marble(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _shape = sketch.Lattice();
    private readonly float _twist = sketch.Between(1.6f, 2.6f);
    private readonly float _vein = sketch.Between(0.05f, 0.11f);

    public override Vector3 At(float x, float y)
    {
        var bend = _shape.Cloud(x, y, Pixel) - 0.5f;
        var stone = Mix(Inks.Ground, Inks.Shadow, Math.Clamp(0.5f + (1.4f * bend), 0, 1));
        var height = y + (_twist * bend);
        var vein = FromWhole(height) / _vein;
        var fine = FromWhole((1.7f * height) + (0.6f * x)) / (0.45f * _vein);
        var color = Mix(stone, Inks.Second, 0.55f / (1 + (fine * fine)));
        return Mix(color, Inks.Figure, 1 / (1 + (vein * vein)));
    }
}

/// <summary>Planed wood: yearly rings cut along the trunk, the grain, and a knot that they flow around.</summary>
internal sealed class Wood(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _shape = sketch.Lattice();
    private readonly float _knotX = sketch.Between(-1f, 1f);
    private readonly float _knotY = sketch.Between(-1f, 1f);
    private readonly float _knot = sketch.Between(0.6f, 1.6f);
    private readonly float _rings = sketch.Between(2f, 3.4f);
    private readonly Vector3 _light = sketch.Chance(0.75f) ? Palette.Color(sketch.Between(0.62f, 0.8f), sketch.Between(0.06f, 0.11f), sketch.Between(0.17f, 0.23f)) : Vector3.Max(sketch.Inks.Ground, sketch.Inks.Figure);
    private readonly float _dark = sketch.Between(0.4f, 0.65f);

    public override Vector3 At(float x, float y)
    {
        float dx = (x - _knotX) * 0.45f, dy = y - _knotY;
        var around = _knot / (1 + (4 * ((dx * dx) + (dy * dy))));
        var height = (_rings * y) + around + (1.3f * _shape.Noise(0.25f * x, 0.8f * y)) + (0.25f * _shape.Noise(0.9f * x, 2.5f * y));
        var ring = Fraction(height);
        // Wood grows slowly darker through the year, and starts anew.
        var year = ring * ring * Cover((ring - 0.94f) / _rings);
        var grain = _shape.Noise(2.2f * x, 18 * y) - 0.5f;
        return _light * (1 - (_dark * year) + (0.22f * grain));
    }
}

/// <summary>Cells around scattered middles, each nearer to its own than to any other (Voronoi): cracked earth, giraffes, stained glass.</summary>
internal sealed class Cells(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _shape = sketch.Lattice();
    private readonly float _wall = sketch.Between(0.035f, 0.08f);
    private readonly float _variety = sketch.Between(0.2f, 1f);
    private readonly float _depth = sketch.Between(0f, 0.5f);

    public override Vector3 At(float x, float y)
    {
        int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
        float first = float.MaxValue, second = float.MaxValue, firstX = 0, firstY = 0, secondX = 0, secondY = 0;
        uint own = 0;
        for (var down = row - 1; down <= row + 1; down++)
        {
            for (var across = column - 1; across <= column + 1; across++)
            {
                var bits = _shape.Bits(across, down);
                float dx = across + 0.1f + (0.8f * (bits & 1023) / 1023) - x, dy = down + 0.1f + (0.8f * (bits >> 10 & 1023) / 1023) - y;
                var away = (dx * dx) + (dy * dy);
                if (away < first)
                {
                    (second, secondX, secondY) = (first, firstX, firstY);
                    (first, firstX, firstY, own) = (away, dx, dy, bits);
                }
                else if (away < second)
                {
                    (second, secondX, secondY) = (away, dx, dy);
                }
            }
        }
        // The wall stands halfway between both middles.
        var inside = 0.5f * (second - first) / MathF.Max(Length(secondX - firstX, secondY - firstY), 1e-6f);
        var tone = _variety * (own >> 20 & 1023) / 1023f;
        var cell = tone < 0.55f ? Mix(Inks.Figure, Inks.Second, tone * 1.8f) : Mix(Inks.Second, Inks.Accent, (tone - 0.55f) * 1.6f);
        return Mix(Inks.Ground, cell * (1 - (_depth * MathF.Sqrt(first))), Cover(_wall - inside));
    }
}
