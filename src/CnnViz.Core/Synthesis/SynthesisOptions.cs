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

    /// <summary>The picture that it starts from; null for the recipe's own start.</summary>
    public CnnImage? InitialImage { get; init; }

    /// <summary>The memory that the pass through the network may take; null for as much as it needs.</summary>
    [Description("The memory that a step may take, such as 2GB: it is computed in parts then, with the same result; left out, as much as it needs.")]
    public ByteSize? MemoryLimit { get; init; }

    /// <summary>Steps from one checkpoint to the next.</summary>
    [Description("Steps from one checkpoint to the next.")]
    public int CheckpointInterval { get; init; } = 50;

    /// <summary>The seed of all chance.</summary>
    [Description("The seed of all chance.")]
    public long Seed { get; init; }
}
