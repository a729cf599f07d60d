using System.ComponentModel;

namespace CnnViz.Synthesis;

/// <summary>What all syntheses can be told. What is left out is the preset's choice.</summary>
public abstract record SynthesisOptions
{
    /// <summary>Steps at each size.</summary>
    [Description("Steps at each size; left out, the preset's.")]
    public int? Step { get; init; }

    /// <summary>The length of a step, in the optimiser's own units.</summary>
    [Description("The length of a step; left out, the preset's.")]
    public double? StepSize { get; init; }

    /// <summary>The optimiser.</summary>
    [Description("The optimiser; left out, the preset's.")]
    public SynthesisOptimizer? Optimizer { get; init; }

    /// <summary>How many sizes are worked at, the last being the picture's.</summary>
    [Description("How many sizes are worked at, from small to the picture's own; left out, the preset's.")]
    public int? Octave { get; init; }

    /// <summary>The factor from one size to the next.</summary>
    [Description("The factor from one size to the next; left out, the preset's.")]
    public double? OctaveScale { get; init; }

    /// <summary>The size of the picture that is made.</summary>
    [Description("The size of the picture, 512 or 1024x768; left out, what the network takes, or the first picture's size.")]
    public PictureSize? Size { get; init; }

    /// <summary>The memory that the pass through the network may take; null for as much as it needs.</summary>
    [Description("The memory that a step may take, such as 2GB: it is computed in parts then, with the same result; left out, as much as it needs.")]
    public ByteSize? MemoryLimit { get; init; }

    /// <summary>Steps from one checkpoint to the next.</summary>
    [Description("Steps from one checkpoint to the next.")]
    public int CheckpointInterval { get; init; } = 50;

    /// <summary>The seed of all chance.</summary>
    [Description("The seed of all chance.")]
    public long Seed { get; init; }

    /// <summary>Throws where a number makes no sense for any synthesis.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>.</exception>
    internal void Check()
    {
        Require(Step is null or > 0, nameof(Step), Step, "1 or more");
        Require(Octave is null or > 0, nameof(Octave), Octave, "1 or more");
        Require(OctaveScale is null or (>= 1 and <= 10), nameof(OctaveScale), OctaveScale, "1 to 10");
        Require(CheckpointInterval > 0, nameof(CheckpointInterval), CheckpointInterval, "1 or more");
    }

    /// <summary>Throws where there is a factor from one size to the next, and no next size.</summary>
    /// <param name="count">How many sizes there are.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>.</exception>
    internal void CheckOctaves(int count) =>
        Require(OctaveScale is null || count > 1, nameof(OctaveScale), OctaveScale, "to be left out where there is one size alone; -Octave 2 or more works at several");

    private static void Require(bool holds, string name, object? found, string expected)
    {
        if (!holds)
            throw Errors.ArgumentInvalid(name, found, expected);
    }
}
