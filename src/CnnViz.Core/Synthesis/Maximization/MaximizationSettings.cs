using CnnViz.Running;

namespace CnnViz.Synthesis.Maximization;

/// <summary>Everything that a maximization is told, settled: the preset's choice, and over it the user's.</summary>
internal sealed record MaximizationSettings
{
    private const int Choices = 5; // to each side of the middle

    /// <summary>What is optimised.</summary>
    public PictureSpace Space { get; init; }

    /// <summary>Whether a spectrum has decorrelated colours.</summary>
    public bool Decorrelates { get; init; } = true;

    /// <summary>The side of the picture, where the network takes any; null for the network's own.</summary>
    public int? Side { get; init; }

    /// <summary>What it starts from.</summary>
    public StartNoise Start { get; init; } = new(0.45f, 0.55f);

    /// <summary>The optimiser.</summary>
    public SynthesisOptimizer Optimizer { get; init; }

    /// <summary>The length of its steps.</summary>
    public required double StepSize { get; init; }

    /// <summary>How it goes over the steps of an octave.</summary>
    public Schedule Schedule { get; init; }

    /// <summary>SGD's momentum.</summary>
    public double Momentum { get; init; }

    /// <summary>The pull of the values towards 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Steps at each size.</summary>
    public required int Step { get; init; }

    /// <summary>Sizes, at most.</summary>
    public int Octave { get; init; } = 1;

    /// <summary>The factor from one to the next.</summary>
    public double OctaveScale { get; init; } = 1.4;

    /// <summary>What happens to the picture before the network sees it.</summary>
    public IReadOnlyList<PictureTransform> Transforms { get; init; } = [];

    /// <summary>What keeps it plain.</summary>
    public IReadOnlyList<string> Regularization { get; init; } = [];

    /// <summary>The preset with what the user says.</summary>
    /// <param name="options">What the user says.</param>
    /// <param name="side">The shorter side of the picture.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a number out of range.</exception>
    public static MaximizationSettings Of(MaximizationOptions options, int side)
    {
        Require(options.Step is null or > 0, nameof(options.Step), options.Step, "1 or more");
        Require(options.StepSize is null || (options.StepSize > 0 && double.IsFinite(options.StepSize.Value)), nameof(options.StepSize), options.StepSize, "more than 0");
        Require(options.Octave is null or > 0, nameof(options.Octave), options.Octave, "1 or more");
        Require(options.OctaveScale is null or (>= 1 and <= 10), nameof(options.OctaveScale), options.OctaveScale, "1 to 10");
        Require(options.Momentum is null or (>= 0 and < 1), nameof(options.Momentum), options.Momentum, "0 to below 1");
        Require(options.WeightDecay is null or (>= 0 and < 1), nameof(options.WeightDecay), options.WeightDecay, "0 to below 1");
        Require(options.Jitter is null || (options.Jitter >= 0 && options.Jitter < side), nameof(options.Jitter), options.Jitter, $"0 to {side - 1}, for the picture is {side} pixels");
        Require(options.Scaling is null or (>= 0 and <= 0.5), nameof(options.Scaling), options.Scaling, "0 to 0.5");
        Require(options.Rotation is null or (>= 0 and <= 180), nameof(options.Rotation), options.Rotation, "0 to 180 degrees");
        Require(options.BatchSize is null or > 0, nameof(options.BatchSize), options.BatchSize, "1 or more");
        Require(options.CheckpointInterval > 0, nameof(options.CheckpointInterval), options.CheckpointInterval, "1 or more");
        var preset = MaximizationPresets.Of(options, side);
        return preset with
        {
            Space = options.Parameterization ?? (options.Raw ? PictureSpace.Input : preset.Space),
            Decorrelates = options.Decorrelate ?? preset.Decorrelates,
            Optimizer = options.Optimizer ?? preset.Optimizer,
            StepSize = options.StepSize ?? preset.StepSize,
            Momentum = options.Momentum ?? preset.Momentum,
            WeightDecay = options.WeightDecay ?? preset.WeightDecay,
            Step = options.Step ?? preset.Step,
            Octave = options.Octave ?? preset.Octave,
            OctaveScale = options.OctaveScale ?? preset.OctaveScale,
            Transforms = (options.Jitter, options.Scaling, options.Rotation) is (null, null, null) ? preset.Transforms : [.. Own(options)],
            Regularization = options.Regularization.Count == 0 ? preset.Regularization : options.Regularization,
        };
    }

    /// <summary>Any of the three replaces all of the preset's.</summary>
    private static IEnumerable<PictureTransform> Own(MaximizationOptions options)
    {
        if (options.Jitter is > 0 and { } jitter)
            yield return new RollJitter(jitter);
        if (options.Scaling is > 0 || options.Rotation is > 0)
            yield return new ScaleAndRotate([.. Around(options.Scaling).Select(part => 1 + part)], [.. Around(options.Rotation)]);
    }

    private static IEnumerable<double> Around(double? reach) =>
        reach is > 0 and { } value ? Enumerable.Range(-Choices, 2 * Choices + 1).Select(i => value * i / Choices) : [];

    private static void Require(bool holds, string name, object? found, string expected)
    {
        if (!holds)
            throw Errors.ArgumentInvalid(name, found, expected);
    }
}
