using System.ComponentModel;

namespace CnnViz.Reading;

/// <summary>How two models are compared.</summary>
public sealed record ModelComparisonOptions
{
    /// <summary>The method of the explanations that are compared.</summary>
    [Description("The method of the explanations that are compared.")]
    public SaliencyMethod Method { get; init; } = SaliencyMethod.GradCam;

    /// <summary>The layers whose activations are compared, wildcards allowed; empty for all convolutions and dense layers, where both models have the same architecture.</summary>
    [Description("The layers whose activations are compared, wildcards allowed; left out, convolutions and dense layers where the architectures are the same.")]
    public IReadOnlyList<string> Layer { get; init; } = [];

    /// <summary>Whether pictures are resized and cropped.</summary>
    [Description("Auto, None (only normalised) or Standard (always resized and cropped).")]
    public PreprocessingMode Preprocessing { get; init; }
}
