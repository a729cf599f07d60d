using CnnViz.Objectives;

namespace CnnViz.Synthesis.Dreaming;

/// <summary>What a preset stands for.</summary>
/// <param name="Measure">How a layer's values are taken together.</param>
/// <param name="Step">Steps at each size.</param>
/// <param name="StepSize">The length of a step: of the picture's [0,1] in the mean, or a learning rate where the gradient is not normalised.</param>
/// <param name="Octave">How many sizes.</param>
/// <param name="OctaveScale">The factor from one to the next.</param>
internal sealed record DreamSettings(LayerMeasure Measure, int Step, double StepSize, int Octave, double OctaveScale)
{
    /// <summary>The objective at which a size is left in Keras' example.</summary>
    public const double KerasLimit = 15;

    /// <summary>The largest random shift in pixels.</summary>
    public int Jitter { get; init; }

    /// <summary>The pull of the values towards 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>True where the network's normalised input is changed by the gradient as it is; else pixels are, by the gradient over the mean of its magnitudes.</summary>
    public bool IsPlainDescent { get; init; }

    /// <summary>The settings of a preset.</summary>
    public static DreamSettings Of(DreamPreset preset) => preset switch
    {
        DreamPreset.Thesis004 => new(LayerMeasure.Norm, 20, 0.5, 1, 1.4) { WeightDecay = 1e-4, IsPlainDescent = true },
        // 0.01 of Inception's input, which goes from -1 to 1.
        DreamPreset.Keras => new(LayerMeasure.MeanSquare, 20, 0.005, 3, 1.4),
        _ => new(LayerMeasure.HalfSquare, 10, 1.5 / 255, 4, 1.4) { Jitter = 32 },
    };
}
