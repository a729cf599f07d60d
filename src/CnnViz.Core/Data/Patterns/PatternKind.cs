using System.Collections.Immutable;

namespace CnnViz.Data.Patterns;

/// <summary>A class of the patterns.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Fewest">The fewest periods across a picture.</param>
/// <param name="Most">The most.</param>
/// <param name="Tilt">How far the whole turns to either side at most, in turns: 0.5 for any direction.</param>
/// <param name="Create">Makes one.</param>
internal sealed record PatternKind(string Name, float Fewest, float Most, float Tilt, Func<Sketch, Pattern> Create)
{
    /// <summary>All of them; a class is its place here, so that new ones belong at the end.</summary>
    public static ImmutableArray<PatternKind> All { get; } =
    [
        new("stripes", 3, 9, 0.5f, sketch => new Stripes(sketch)),
        new("zigzag", 3, 6.5f, 0.5f, sketch => new Zigzag(sketch)),
        new("waves", 3, 6.5f, 0.5f, sketch => new Waves(sketch)),
        new("rays", 2, 2.6f, 0.5f, sketch => new Rays(sketch)),
        new("checks", 1.6f, 4.5f, 0.07f, sketch => new Checks(sketch)),
        new("grid", 2.5f, 6.5f, 0.5f, sketch => new Grid(sketch)),
        new("diamonds", 1.8f, 4, 0.05f, sketch => new Diamonds(sketch)),
        new("triangles", 2, 5, 0.5f, sketch => new Triangles(sketch)),
        new("bricks", 2, 4.5f, 0.06f, sketch => new Bricks(sketch)),
        new("weave", 2.5f, 6, 0.14f, sketch => new Weave(sketch)),
        new("honeycomb", 2.5f, 6.5f, 0.5f, sketch => new Honeycomb(sketch)),
        new("maze", 4.5f, 8, 0.14f, sketch => new Maze(sketch)),
        new("rings", 1.2f, 2.4f, 0.5f, sketch => new Rings(sketch)),
        new("spirals", 1.2f, 2.2f, 0.5f, sketch => new Spirals(sketch)),
        new("scales", 2.5f, 5, 0.06f, sketch => new Scales(sketch)),
        new("feathers", 2, 3.4f, 0.08f, sketch => new Feathers(sketch)),
        new("dots", 2.5f, 6.5f, 0.5f, sketch => new Dots(sketch)),
        new("bubbles", 1.6f, 3.4f, 0.04f, sketch => new Bubbles(sketch)),
        new("clouds", 2, 4, 0.04f, sketch => new Clouds(sketch)),
        new("marble", 2, 3.6f, 0.5f, sketch => new Marble(sketch)),
        new("wood", 2, 4, 0.5f, sketch => new Wood(sketch)),
        new("cells", 2.5f, 6, 0.5f, sketch => new Cells(sketch)),
        new("stars", 1.15f, 3.6f, 0.05f, sketch => new Stars(sketch)),
        new("crosses", 1.3f, 4, 0.05f, sketch => new Crosses(sketch)),
        new("hearts", 1.15f, 3.6f, 0.05f, sketch => new Hearts(sketch)),
        new("moons", 1.15f, 3.4f, 0.05f, sketch => new Moons(sketch)),
        new("leaves", 1.15f, 3.2f, 0.05f, sketch => new Leaves(sketch)),
        new("flowers", 1.15f, 3.4f, 0.05f, sketch => new Flowers(sketch)),
        new("eyes", 1.15f, 2.8f, 0.04f, sketch => new Eyes(sketch)),
        new("fish", 1.15f, 2.8f, 0.04f, sketch => new Fish(sketch)),
        new("butterflies", 1.15f, 2.8f, 0.04f, sketch => new Butterflies(sketch)),
        new("faces", 1.15f, 2.8f, 0.04f, sketch => new Faces(sketch)),
    ];
}
