using System.Numerics;

namespace CnnViz.Data.Patterns;

/// <summary>A figure that stands alone in the picture, or scattered over it: each turned, shifted, sized and coloured in its own way.</summary>
internal abstract class Motif : Pattern
{
    private const float Room = 0.48f;
    private readonly Lattice _choices;
    private readonly float _tilt;
    private readonly float _smallest;
    private readonly float _gradient;
    private int _column = int.MinValue;
    private int _row = int.MinValue;
    private float _x, _y, _cosine, _sine, _size;

    /// <summary>Makes one.</summary>
    /// <param name="sketch">What it is made from.</param>
    /// <param name="tilt">How far the figures turn to either side at most, in turns.</param>
    protected Motif(Sketch sketch, float tilt) : base(sketch)
    {
        (_choices, _tilt) = (sketch.Lattice(), tilt);
        _smallest = sketch.Between(0.72f, 0.95f);
        _gradient = sketch.Chance(0.6f) ? sketch.Between(0.05f, 0.3f) : 0;
    }

    /// <summary>The figure's own random bits.</summary>
    protected uint Choice { get; private set; }

    /// <summary>The figure's colour: that of all, or at times its relative.</summary>
    protected Vector3 Ink { get; private set; }

    /// <inheritdoc/>
    public override Vector3 At(float x, float y)
    {
        var ground = Mix(Inks.Ground, Inks.Shadow, Math.Clamp(0.5f + (_gradient * y), 0, 1));
        int column = (int)MathF.Floor(x + 0.5f), row = (int)MathF.Floor(y + 0.5f);
        if (column != _column || row != _row)
            Choose(column, row);
        float dx = (x - _x) / _size, dy = (y - _y) / _size;
        return (dx * dx) + (dy * dy) > 1.3f ? ground : Paint((_cosine * dx) + (_sine * dy), (_cosine * dy) - (_sine * dx), ground);
    }

    /// <summary>Draws the figure, which fills a circle of radius 1; x to the right, y down.</summary>
    /// <param name="x">The place.</param>
    /// <param name="y">The place.</param>
    /// <param name="under">The colour that is there.</param>
    protected abstract Vector3 Paint(float x, float y, Vector3 under);

    /// <summary>Puts a colour over another where a shape is.</summary>
    /// <param name="under">The colour that is there.</param>
    /// <param name="ink">The shape's.</param>
    /// <param name="distance">From the shape's edge, in the figure's own measure, negative inside.</param>
    protected Vector3 Over(Vector3 under, Vector3 ink, float distance) => Mix(under, ink, Cover(distance * _size));

    /// <summary>About the distance from an ellipse.</summary>
    protected static float Ellipse(float x, float y, float width, float height) => (Length(x / width, y / height) - 1) * MathF.Min(width, height);

    /// <summary>The distance from the almond between two arcs, whose tips lie at x = ±1.</summary>
    /// <param name="x">The place.</param>
    /// <param name="y">The place.</param>
    /// <param name="height">Half of its width in the middle, below 1.</param>
    protected static float Almond(float x, float y, float height)
    {
        var radius = (1 + (height * height)) / (2 * height);
        return Length(x, MathF.Abs(y) + radius - height) - radius;
    }

    private void Choose(int column, int row)
    {
        (_column, _row) = (column, row);
        Choice = _choices.Bits(column, row);
        var other = _choices.Bits(column + 1000, row - 1000);
        _size = Room * Mix(_smallest, 1, Part(Choice));
        var room = Room - _size;
        (_x, _y) = (column + (room * Part(Choice >> 8)), row + (room * Part(Choice >> 16)));
        var turn = _tilt * ((2 * Part(other)) - 1);
        (_cosine, _sine) = (Turns.Cosine(turn), Turns.Sine(turn));
        Ink = (other >> 8 & 3) == 0 ? Inks.Second : Mix(Inks.Figure, Inks.Second, 0.5f * Part(other >> 16));
    }

    private static float Part(uint bits) => (bits & 255) / 255f;
}
