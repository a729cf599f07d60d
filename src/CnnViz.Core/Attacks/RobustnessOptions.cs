using System.ComponentModel;
using CnnViz.Sharding;

namespace CnnViz.Attacks;

/// <summary>What of a model's robustness is measured.</summary>
public sealed record RobustnessOptions
{
    /// <summary>The largest changes, each of which gives a point; 0 is the accuracy without any attack.</summary>
    [Description("The largest changes, of pixels in [0,1], each of which gives a point.")]
    public IReadOnlyList<Fraction> Epsilon { get; init; } = [0, 2.0 / 255, 4.0 / 255, 8.0 / 255];

    /// <summary>The attacks; a picture counts as robust that withstands all of them.</summary>
    [Description("The attacks; a picture counts as robust that withstands all of them.")]
    public IReadOnlyList<AttackMethod> Method { get; init; } = [AttackMethod.Pgd];

    /// <summary>How the attacks are made; method, ε and target are those of each point.</summary>
    public AttackOptions Attack { get; init; } = new();

    /// <summary>How many pictures of the dataset, from its beginning or drawn with <see cref="Random"/>; null for all.</summary>
    [Description("How many pictures of the dataset; left out, all.")]
    public int? First { get; init; }

    /// <summary>Whether they are drawn at random.</summary>
    [Description("Draw them at random instead of taking the first.")]
    public bool Random { get; init; }

    /// <summary>Pictures attacked together.</summary>
    [Description("Pictures attacked together.")]
    public int BatchSize { get; init; } = 64;

    /// <summary>The part of the pictures that is measured, for <see cref="RobustnessMerge"/>; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>True to judge pictures as they are, not as 8-bit files keep them: the way of most other libraries, and not what a user can save.</summary>
    [Description("Judge pictures as they are instead of as they are after they were saved with 8 bits: as most libraries do.")]
    public bool Unrounded { get; init; }
}
