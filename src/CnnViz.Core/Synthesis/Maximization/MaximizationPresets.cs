namespace CnnViz.Synthesis.Maximization;

/// <summary>The presets. Step sizes of pixels are in [0,1]: the sources' levels are divided by 255.</summary>
internal static class MaximizationPresets
{
    private const double Level = 1.0 / 255;

    /// <summary>A preset's settings.</summary>
    /// <param name="options">What the user says: which preset, whether a class is maximised, and whether a spectrum will do.</param>
    /// <param name="side">The shorter side of the picture.</param>
    public static MaximizationSettings Of(MaximizationOptions options, int side) => options.Preset switch
    {
        MaximizationPreset.Thesis000 => Thesis000,
        MaximizationPreset.Lecture002 => Lecture002,
        MaximizationPreset.Thesis004 => options.Class.Count > 0 ? Thesis004Class : Thesis004Layer,
        MaximizationPreset.Lucid => Lucid,
        _ => NeedsPixels(options) ? DefaultPixels(side) : Default(side),
    };

    /// <summary>What of a class is maximised: the sources take its logit.</summary>
    public static ClassScore ScoreOf(MaximizationOptions options) =>
        options.Score ?? (options.Preset == MaximizationPreset.None ? ClassScore.Both : ClassScore.Logit);

    /// <summary>A spectrum gives all scales of the picture the same chance, and so the clearest pictures in the fewest steps.</summary>
    private static MaximizationSettings Default(int side) => new()
    {
        Space = PictureSpace.Fourier,
        StepSize = 0.05,
        Step = 100,
        Transforms = Small(side),
    };

    private static MaximizationSettings DefaultPixels(int side) => new()
    {
        StepSize = 0.02,
        Step = 200,
        Transforms = Small(side),
    };

    /// <summary>Shifts and turns that no picture of a thing would mind.</summary>
    private static PictureTransform[] Small(int side) => [new RollJitter(Math.Max(1, side / 28)), new ScaleAndRotate([], [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5])];

    private static bool NeedsPixels(MaximizationOptions options) =>
        options.Parameterization is { } space ? space != PictureSpace.Fourier
        : options.Raw || options.InitialImage is not null || options.Regularization.Any(text => Regularization.Parse(text).NeedsPixels);

    /// <summary>
    /// Its listings leave out how the gradient is normalised and how long the steps are; as in the Keras example that they follow, it is divided by the root of
    /// the mean of its squares, and a step is one level.
    /// </summary>
    private static MaximizationSettings Thesis000 => new()
    {
        Start = new StartNoise(0.46f, 0.54f, IsGrey: true),
        Optimizer = SynthesisOptimizer.Sgd,
        StepSize = Level,
        Step = 20,
        Octave = 10,
        OctaveScale = 1.2,
        Regularization = ["unitnorm rootmeansquare"],
    };

    /// <summary>The lecture names the means and leaves their amounts open.</summary>
    private static MaximizationSettings Lecture002 => new()
    {
        Optimizer = SynthesisOptimizer.Sgd,
        StepSize = 1.5 * Level,
        Step = 200,
        Regularization = ["l2 0.0001", "laplacian 4", "blur 0.5 every 4"],
    };

    private static readonly StartNoise Levels150To180 = new(150f / 255, 180f / 255) { IsInLevels = true, IsInput = true };

    private static MaximizationSettings Thesis004Class => new()
    {
        Space = PictureSpace.Input,
        Start = Levels150To180,
        Optimizer = SynthesisOptimizer.Sgd,
        StepSize = 0.05,
        Momentum = 0.9,
        Step = 81,
    };

    /// <summary>The thesis gives neither steps nor their length; these are those of its reference.</summary>
    private static MaximizationSettings Thesis004Layer => new()
    {
        Space = PictureSpace.Input,
        Start = Levels150To180,
        Optimizer = SynthesisOptimizer.Adam,
        StepSize = 0.1,
        WeightDecay = 1e-6,
        Step = 81,
    };

    private static MaximizationSettings Lucid => new()
    {
        Space = PictureSpace.Fourier,
        Side = 128,
        Optimizer = SynthesisOptimizer.Adam,
        StepSize = 0.05,
        Step = 512,
        Transforms =
        [
            new Pad(12),
            new Jitter(8),
            new ScaleAndRotate(
                [.. Enumerable.Range(0, 11).Select(i => 1 + (i - 5) / 50.0)],
                [.. Enumerable.Range(-10, 21).Select(angle => (double)angle), .. Enumerable.Repeat(0.0, 5)]),
            new Jitter(4),
        ],
    };
}
