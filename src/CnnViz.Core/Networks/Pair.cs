namespace CnnViz.Networks;

/// <summary>A number for each of an image's two directions: a window's height and width, its steps down and across.</summary>
/// <param name="Vertical">The one from top to bottom.</param>
/// <param name="Horizontal">The one from left to right.</param>
public readonly record struct Pair(int Vertical, int Horizontal)
{
    /// <summary>Both multiplied: the pixels of a window, the positions in an image.</summary>
    public int Product => Vertical * Horizontal;

    /// <summary>The same in both directions.</summary>
    public static implicit operator Pair(int both) => new(both, both);

    /// <summary>Written as <c>(1, 7)</c>.</summary>
    public static implicit operator Pair((int Vertical, int Horizontal) pair) => new(pair.Vertical, pair.Horizontal);

    /// <summary>As libtorch takes it.</summary>
    internal long[] ToExtents() => [Vertical, Horizontal];

    /// <summary>Such as <c>3 × 3</c>.</summary>
    public override string ToString() => $"{Vertical} × {Horizontal}";
}
