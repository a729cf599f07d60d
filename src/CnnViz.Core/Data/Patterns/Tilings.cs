using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>A chessboard, or gingham, where bands of both directions shine through each other.</summary>
internal sealed class Checks(Sketch sketch) : Pattern(sketch)
{
    private readonly bool _isGingham = sketch.Chance(0.3f);

    public override Vector3 At(float x, float y)
    {
        float across = Cover(FromWhole(x) - 0.25f), down = Cover(FromWhole(y) - 0.25f);
        return _isGingham
            ? Mix(Mix(Inks.Ground, Inks.Figure, 0.5f * (across + down)), Inks.Second, 0.5f * across * down)
            : Mix(Inks.Ground, Inks.Figure, across + down - (2 * across * down));
    }
}

/// <summary>A net of lines that cross at right angles, with a second, thinner one between them at times, and tiles of different tones.</summary>
internal sealed class Grid(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _tones = sketch.Lattice();
    private readonly float _width = sketch.Between(0.07f, 0.14f);
    private readonly float _second = sketch.Chance(0.35f) ? sketch.Between(0.025f, 0.045f) : -1;
    private readonly float _tone = sketch.Chance(0.4f) ? sketch.Between(0.2f, 0.6f) : 0;

    public override Vector3 At(float x, float y)
    {
        var tile = Mix(Inks.Ground, Inks.Shadow, _tone * _tones.At((int)MathF.Floor(x), (int)MathF.Floor(y)));
        if (_second > 0)
            tile = Mix(tile, Inks.Accent, Cover(0.5f - MathF.Max(FromWhole(x), FromWhole(y)) - _second));
        return Mix(tile, Inks.Figure, Cover(MathF.Min(FromWhole(x), FromWhole(y)) - _width));
    }
}

/// <summary>Argyle: upright lozenges in two colours, with thin lines that cross over them.</summary>
internal sealed class Diamonds(Sketch sketch) : Pattern(sketch)
{
    private readonly float _height = sketch.Between(1.3f, 1.8f);
    private readonly float _line = sketch.Chance(0.7f) ? sketch.Between(0.025f, 0.05f) : -1;

    public override Vector3 At(float x, float y)
    {
        y /= _height;
        float rising = x + y, falling = x - y;
        float first = Cover((FromWhole(rising) - 0.25f) * 0.8f), second = Cover((FromWhole(falling) - 0.25f) * 0.8f);
        var color = Mix(Mix(Inks.Ground, Inks.Figure, first * second), Inks.Second, (1 - first) * (1 - second));
        if (_line < 0)
            return color;
        var line = MathF.Min(FromWhole(rising), FromWhole(falling));
        return Mix(color, Inks.Accent, Cover((line - _line) * 0.8f));
    }
}

/// <summary>Triangles with equal sides: pointing up and down in two colours, or each in its own tone with seams between.</summary>
internal sealed class Triangles(Sketch sketch) : Pattern(sketch)
{
    private const float HalfRoot3 = 0.8660254f;
    private readonly Lattice _tones = sketch.Lattice();
    private readonly float _seam = sketch.Chance(0.5f) ? sketch.Between(0.035f, 0.07f) : 0;

    public override Vector3 At(float x, float y)
    {
        var v = y / HalfRoot3;
        var u = x - (0.5f * v);
        float column = MathF.Floor(u), row = MathF.Floor(v);
        var isUp = u - column + v - row < 1;
        var edge = HalfRoot3 * MathF.Min(MathF.Min(FromWhole(u), FromWhole(v)), FromWhole(u + v));
        if (_seam == 0)
            return Mix(Inks.Ground, Inks.Figure, isUp ? Cover(-edge) : Cover(edge));
        var tone = _tones.At(((int)column * 2) + (isUp ? 0 : 1), (int)row);
        var tile = Mix(isUp ? Inks.Figure : Inks.Second, Inks.Accent, tone * tone);
        return Mix(tile, Inks.Ground, Cover(edge - _seam));
    }
}

/// <summary>Rows of bricks, each shifted against the row above, with mortar between them.</summary>
internal sealed class Bricks(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _tones = sketch.Lattice();
    private readonly float _height = sketch.Between(0.42f, 0.55f);
    private readonly float _mortar = sketch.Between(0.03f, 0.055f);
    private readonly float _variety = sketch.Between(0.15f, 0.7f);
    private readonly float _relief = sketch.Between(0f, 0.35f);

    public override Vector3 At(float x, float y)
    {
        var row = MathF.Floor(y / _height);
        x += 0.5f * row;
        var column = MathF.Floor(x);
        float fromLeft = x - column, fromTop = y - (row * _height);
        var inside = MathF.Min(MathF.Min(fromLeft, 1 - fromLeft), MathF.Min(fromTop, _height - fromTop));
        var tone = _tones.At((int)column, (int)row);
        var relief = 1 + (_relief * (0.5f - (fromTop / _height))) + (0.2f * (tone - 0.5f));
        return Mix(Inks.Ground, Mix(Inks.Figure, Inks.Second, _variety * tone) * relief, Cover(_mortar - inside));
    }
}

/// <summary>A basket: bundles of straw that go over and under each other.</summary>
internal sealed class Weave(Sketch sketch) : Pattern(sketch)
{
    private readonly int _straws = sketch.Between(1, 3);
    private readonly float _gap = sketch.Between(0.72f, 0.9f);
    private readonly float _roundness = sketch.Between(0.25f, 0.6f);

    public override Vector3 At(float x, float y)
    {
        float column = MathF.Floor(x), row = MathF.Floor(y);
        var isAcross = (((int)column + (int)row) & 1) == 0;
        var (along, across) = isAcross ? (x - column, y - row) : (y - row, x - column);
        var aside = (2 * Fraction(across * _straws)) - 1;
        var end = (2 * along) - 1;
        var light = 1 - (_roundness * aside * aside) - (0.45f * end * end * end * end);
        var straw = (isAcross ? Inks.Figure : Inks.Second) * light;
        // A straw dives under its neighbours at both ends, so that its edge is a gap there too.
        return Mix(Inks.Ground * 0.6f, straw, MathF.Min(Cover((MathF.Abs(aside) - _gap) * 0.5f / _straws), Cover((MathF.Abs(end) - 1) * 0.5f + (0.5f * Pixel))));
    }
}

/// <summary>Six-sided cells with walls.</summary>
internal sealed class Honeycomb(Sketch sketch) : Pattern(sketch)
{
    private const float Root3 = 1.7320508f;
    private readonly Lattice _tones = sketch.Lattice();
    private readonly float _wall = sketch.Between(0.05f, 0.11f);
    private readonly float _variety = sketch.Between(0f, 0.7f);
    private readonly float _depth = sketch.Between(-0.3f, 0.4f);

    public override Vector3 At(float x, float y)
    {
        // The middles form two rectangular lattices, shifted by half a cell; the nearer one counts.
        float column = MathF.Floor(x + 0.5f), row = MathF.Floor((y / Root3) + 0.5f);
        float ax = x - column, ay = y - (row * Root3);
        float otherColumn = MathF.Floor(x), otherRow = MathF.Floor(y / Root3);
        float bx = x - otherColumn - 0.5f, by = y - ((otherRow + 0.5f) * Root3);
        var isOther = (bx * bx) + (by * by) < (ax * ax) + (ay * ay);
        var (dx, dy) = isOther ? (MathF.Abs(bx), MathF.Abs(by)) : (MathF.Abs(ax), MathF.Abs(ay));
        var tone = isOther ? _tones.At((int)otherColumn, ((int)otherRow * 2) + 1) : _tones.At((int)column, (int)row * 2);
        var inside = 0.5f - MathF.Max(dx, (0.5f * dx) + (0.5f * Root3 * dy));
        var cell = Mix(Inks.Figure, Inks.Second, _variety * tone) * (1 + (_depth * (inside - 0.25f) * 2));
        return Mix(Inks.Ground, cell, Cover(_wall - inside));
    }
}

/// <summary>A labyrinth: each place has a wall above or to its left, or arcs that join at random.</summary>
internal sealed class Maze(Sketch sketch) : Pattern(sketch)
{
    private readonly Lattice _choices = sketch.Lattice();
    private readonly bool _isRound = sketch.Chance(0.4f);
    private readonly float _width = sketch.Between(0.12f, 0.19f);

    public override Vector3 At(float x, float y)
    {
        float left = MathF.Floor(x), top = MathF.Floor(y);
        float dx = x - left, dy = y - top;
        int column = (int)left, row = (int)top;
        return Mix(Inks.Ground, Inks.Figure, Cover((_isRound ? Arc(column, row, dx, dy) : Wall(column, row, dx, dy)) - _width));
    }

    private static float Corner(float dx, float dy) => MathF.Max(MathF.Min(dx, 1 - dx), MathF.Min(dy, 1 - dy));

    private bool IsAbove(int column, int row) => (_choices.Bits(column, row) & 1) == 0;

    private float Wall(int column, int row, float dx, float dy)
    {
        // Every corner has a wall at it, so the corners' own squares close what the neighbours' walls begin.
        var distance = MathF.Min(Corner(dx, dy), IsAbove(column, row) ? dy : dx);
        if (IsAbove(column, row + 1))
            distance = MathF.Min(distance, 1 - dy);
        return IsAbove(column + 1, row) ? distance : MathF.Min(distance, 1 - dx);
    }

    private float Arc(int column, int row, float dx, float dy)
    {
        if (IsAbove(column, row))
            dx = 1 - dx;
        return MathF.Min(MathF.Abs(Length(dx, dy) - 0.5f), MathF.Abs(Length(1 - dx, 1 - dy) - 0.5f));
    }
}
