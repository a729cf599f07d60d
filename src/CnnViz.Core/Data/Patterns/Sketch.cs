using CnnViz.Running;

namespace CnnViz.Data.Patterns;

/// <summary>What a pattern is made from: colours, the size of a pixel, and random choices.</summary>
/// <param name="random">All choices come from here.</param>
/// <param name="inks">The colours.</param>
/// <param name="pixel">How long a pixel is where the pattern's period is 1.</param>
internal sealed class Sketch(SplitMix64 random, Palette inks, float pixel)
{
    private SplitMix64 _random = random;

    /// <summary>The colours.</summary>
    public Palette Inks { get; } = inks;

    /// <summary>How long a pixel is where the pattern's period is 1.</summary>
    public float Pixel { get; } = pixel;

    /// <summary>A uniform number between two bounds.</summary>
    public float Between(float minimum, float maximum) => _random.NextSingle(minimum, maximum);

    /// <summary>A whole number between two bounds, both included.</summary>
    public int Between(int minimum, int maximum) => minimum + _random.NextInt32(maximum - minimum + 1);

    /// <summary>True as often as asked.</summary>
    /// <param name="part">0 never, 1 always.</param>
    public bool Chance(float part) => _random.NextSingle() < part;

    /// <summary>A lattice of its own.</summary>
    public Lattice Lattice() => new((uint)_random.NextUInt64());
}
