using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>Eyes: lids, the white, an iris with fibres, the pupil, a highlight.</summary>
internal sealed class Eyes(Sketch sketch) : Motif(sketch, tilt: 0.07f)
{
    private readonly float _height = sketch.Between(0.48f, 0.68f);
    private readonly float _iris = sketch.Between(0.34f, 0.42f);
    private readonly float _pupil = sketch.Between(0.13f, 0.19f);
    private readonly float _look = sketch.Between(-0.22f, 0.22f);
    private readonly int _fibres = sketch.Between(9, 16);

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        var lid = Almond(x, y, _height);
        var color = Over(under, Inks.Figure, lid);
        if (lid > -0.02f)
            return color;
        var side = x - _look;
        var radius = Length(side, y);
        var eye = new Vector3(0.97f, 0.96f, 0.94f) * (0.86f + (0.14f * SmoothStep(-_height, 0.1f, y)));
        var fibre = FromWhole(_fibres * Turns.Angle(side, y));
        eye = Over(eye, Inks.Accent * (0.65f + (0.7f * fibre)), radius - _iris);
        eye = Over(eye, Inks.Accent * 0.35f, MathF.Abs(radius - _iris) - 0.025f);
        eye = Over(eye, new Vector3(0.05f), radius - _pupil);
        eye = Over(eye, Vector3.One, Length(side + 0.12f, y + 0.13f) - 0.075f);
        return Over(color, eye, lid + 0.09f);
    }
}

/// <summary>Fish with bands or spots, swimming to either side.</summary>
internal sealed class Fish(Sketch sketch) : Motif(sketch, tilt: 0.08f)
{
    private readonly float _height = sketch.Between(0.42f, 0.58f);
    private readonly float _bands = sketch.Between(2f, 3.6f);
    private readonly bool _isStriped = sketch.Chance(0.6f);
    private readonly float _hand = sketch.Chance(0.5f) ? 1 : -1;

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        x *= _hand;
        // The tail spreads from where it joins the body, the back fin rises from it.
        var tail = MathF.Max(MathF.Abs(y) - (0.55f * (-0.38f - x)) - 0.06f, MathF.Max(-0.92f - x - (0.25f * MathF.Abs(y)), x + 0.35f));
        var fin = MathF.Max(Length(x - 0.05f, y + (0.75f * _height)) - 0.34f, y);
        var color = Over(Over(under, Inks.Second, tail * 0.85f), Inks.Second * 0.9f, fin);
        var place = (x - 0.22f) / 0.74f;
        var pattern = _isStriped ? FromWhole(_bands * (place + (0.25f * y * y))) - 0.2f : Length(FromWhole(_bands * 1.4f * place), FromWhole(_bands * 1.4f * y)) - 0.28f;
        var body = Mix(Inks.Figure, Inks.Accent, place < 0.42f ? Cover(pattern * 0.7f / _bands) : 0) * (1.08f - (0.3f * SmoothStep(-0.4f, 0.5f, y)));
        body = Over(body, Inks.Figure * 0.7f, MathF.Abs(Length(place - 0.85f, y) - 0.42f) - 0.025f);
        body = Over(body, Vector3.One, Length(place - 0.66f, y + 0.1f) - 0.11f);
        body = Over(body, new Vector3(0.05f), Length(place - 0.68f, y + 0.1f) - 0.055f);
        return Over(color, body, 0.74f * Almond(place, y, _height));
    }
}

/// <summary>Butterflies: two pairs of wings with a rim and spots, a body, feelers.</summary>
internal sealed class Butterflies(Sketch sketch) : Motif(sketch, tilt: 0.12f)
{
    private readonly float _spread = sketch.Between(0.4f, 0.48f);
    private readonly float _rim = sketch.Between(0.06f, 0.11f);
    private readonly float _spot = sketch.Between(0.1f, 0.16f);

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        x = MathF.Abs(x);
        // Each wing is an ellipse, turned by an angle whose tangent is 3/4.
        float ux = x - _spread, uy = y + 0.36f, lx = x - (0.78f * _spread), ly = y - 0.42f;
        var upper = Ellipse((0.8f * ux) - (0.6f * uy), (0.6f * ux) + (0.8f * uy), 0.5f, 0.34f);
        var lower = Ellipse((0.8f * lx) + (0.6f * ly), (0.8f * ly) - (0.6f * lx), 0.38f, 0.27f);
        var color = Over(Over(under, Outline, lower), Inks.Second, lower + _rim);
        color = Over(color, Inks.Accent, Length(lx - 0.06f, ly - 0.04f) - (0.8f * _spot));
        color = Over(Over(color, Outline, upper), Ink, upper + _rim);
        color = Over(color, Inks.Accent, Length(ux - 0.1f, uy + 0.06f) - _spot);
        var feeler = MathF.Max(MathF.Abs(x - 0.05f - (0.35f * (-0.4f - y))) - 0.022f, MathF.Max(-0.9f - y, y + 0.4f));
        return Over(Over(color, Outline, feeler), Outline, Ellipse(x, y, 0.075f, 0.55f));
    }
}

/// <summary>Round faces: eyes, a mouth, cheeks.</summary>
internal sealed class Faces(Sketch sketch) : Motif(sketch, tilt: 0.06f)
{
    private readonly float _eye = sketch.Between(0.1f, 0.15f);
    private readonly float _apart = sketch.Between(0.3f, 0.4f);
    private readonly float _smile = sketch.Between(0.35f, 0.5f);
    private readonly bool _isOpen = sketch.Chance(0.4f);
    private readonly bool _hasCheeks = sketch.Chance(0.5f);

    protected override Vector3 Paint(float x, float y, Vector3 under)
    {
        var dark = Inks.Figure * 0.22f;
        float head = Length(x, y) - 0.95f, aside = MathF.Abs(x);
        var face = Ink * (1.06f - (0.2f * SmoothStep(-0.2f, 1, Length(x + 0.25f, y + 0.3f))));
        if (_hasCheeks)
            face = Mix(face, Inks.Accent, 0.6f * SmoothStep(0.24f, 0.1f, Length(aside - 0.6f, y - 0.2f)));
        face = Over(face, Vector3.One, Ellipse(aside - _apart, y + 0.24f, 1.45f * _eye, 1.8f * _eye));
        face = Over(face, dark, Length(aside - _apart, y + 0.2f) - _eye);
        var ring = Length(x, y - 0.12f) - _smile;
        var mouth = _isOpen ? MathF.Max(ring, 0.22f - y) : MathF.Max(MathF.Abs(ring) - 0.06f, 0.26f - y);
        return Over(Over(under, dark, head), Over(face, dark, mouth), head + 0.07f);
    }
}
