using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Leaves with a stalk and veins.</summary>
internal sealed class Leaves(Sketch sketch) : Motif(sketch, tilt: 0.5f)
{
    private readonly float _width = sketch.Between(0.38f, 0.58f);
    private readonly float _veins = sketch.Between(2.6f, 4f);
    private readonly float _curve = sketch.Between(-0.25f, 0.25f);

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        y += _curve * ((x * x) - 0.4f);
        var aside = MathF.Abs(y);
        var color = Over(under, Mix(Inks.Accent, Inks.Ground, 0.4f), MathF.Max(aside - 0.035f, MathF.Abs(x + 0.8f) - 0.25f));
        var place = (x - 0.14f) / 0.84f;
        var leaf = Ink * (y > 0 ? 0.88f : 1.06f);
        var vein = MathF.Min(aside - 0.035f, (FromWhole(_veins * (place - (1.1f * aside))) / _veins * 0.7f) - 0.022f);
        return Over(color, Mix(leaf, Inks.Ground, 0.65f * Cover(vein * 0.45f)), 0.84f * Almond(place, y, _width));
    }
}

/// <summary>Flowers with five petals or more around a middle, at times in two rows.</summary>
internal sealed class Flowers(Sketch sketch) : Motif(sketch, tilt: 0.5f)
{
    private readonly int _petals = sketch.Between(5, 8);
    private readonly float _depth = sketch.Between(0.16f, 0.24f);
    private readonly float _middle = sketch.Between(0.2f, 0.3f);
    private readonly bool _isDouble = sketch.Chance(0.4f);

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        float radius = Length(x, y), turns = _petals * Turns.Angle(x, y);
        var color = Over(under, Ink * (0.72f + (0.33f * radius)), Petals(radius, turns));
        var seam = FromWhole(turns + 0.5f) * radius * 2 * MathF.PI / _petals;
        color = Mix(color, color * 0.7f, 0.8f * SmoothStep(0.06f, 0, seam) * SmoothStep(0.85f, 0.6f, radius));
        if (_isDouble)
            color = Over(color, Mix(Ink, Vector3.One, 0.35f) * (0.75f + (0.4f * radius)), Petals(radius / 0.62f, turns + 0.5f) * 0.62f);
        return Over(color, Inks.Accent * (1.05f - (0.8f * radius)), radius - _middle);
    }

    private float Petals(float radius, float turns)
    {
        // The root of the cosine's half makes petals round and the notches between them sharp.
        var wave = MathF.Sqrt(0.5f * (1.0025f + Turns.Cosine(turns)));
        return (radius - (0.96f - (2 * _depth)) - (2 * _depth * wave)) * 0.8f;
    }
}
