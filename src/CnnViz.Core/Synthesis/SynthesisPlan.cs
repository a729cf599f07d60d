using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>What a synthesis does at each step.</summary>
public sealed record SynthesisPlan
{
    /// <summary>What is made as large as can be.</summary>
    public required Objective Objective { get; init; }

    /// <summary>The sizes, one after another.</summary>
    public required IReadOnlyList<Octave> Octaves { get; init; }

    /// <summary>The length of a step.</summary>
    public required double StepSize { get; init; }

    /// <summary>Makes the optimiser of an octave for its values.</summary>
    public required Func<Tensor, Optimizer> Optimizer { get; init; }

    /// <summary>How the length of a step goes over an octave.</summary>
    public Schedule Schedule { get; init; }

    /// <summary>How fast <see cref="Schedule.InverseTime"/> falls; nothing to the others.</summary>
    public double ScheduleDecay { get; init; }

    /// <summary>What happens to the picture before the network sees it, in order.</summary>
    public IReadOnlyList<PictureTransform> Transforms { get; init; } = [];

    /// <summary>What happens to the gradient before the optimiser sees it, in order.</summary>
    public IReadOnlyList<GradientFilter> GradientFilters { get; init; } = [];

    /// <summary>What holds after each step, in order.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>An octave ends once the objective of every picture is above this.</summary>
    public double ScoreLimit { get; init; } = double.PositiveInfinity;

    /// <summary>True where the values are the network's input as it stands; else they are pixels in [0,1] and are normalised.</summary>
    public bool IsRaw { get; init; }

    /// <summary>The memory that the pass through the network may take; null for as much as it needs.</summary>
    public ByteSize? MemoryLimit { get; init; }

    /// <summary>What the network's poolings take of their windows.</summary>
    public PoolingKind Pooling { get; init; }

    /// <summary>Whether what an optimiser has learned at a size serves at the next.</summary>
    public bool CarriesOptimizer { get; init; }

    /// <summary>
    /// How much of its weight each earlier picture keeps in the mean that is shown and given back, in (0, 1); null to give back the last picture itself.
    /// </summary>
    public double? AverageDecay { get; init; }

    /// <summary>What is done to a picture <c>[C, H, W]</c> before it is shown or given back; null for nothing.</summary>
    public Func<CnnTensor, CnnTensor>? Finish { get; init; }

    /// <summary>Tells the terms of the objective apart, for the history; null where one number is enough.</summary>
    public TermLog? Terms { get; init; }

    /// <summary>The seed of all chance.</summary>
    public long Seed { get; init; }

    /// <summary>Steps from one checkpoint to the next.</summary>
    public int CheckpointInterval { get; init; } = 50;
}
