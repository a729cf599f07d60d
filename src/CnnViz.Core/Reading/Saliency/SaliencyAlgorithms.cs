namespace CnnViz.Reading.Saliency;

/// <summary>Every method's algorithm.</summary>
internal static class SaliencyAlgorithms
{
    private static readonly Dictionary<SaliencyMethod, SaliencyAlgorithm> All = new SaliencyAlgorithm[]
    {
        new GradientAlgorithm(SaliencyMethod.Gradient, RectifierRule.Gradient),
        new GradientAlgorithm(SaliencyMethod.GuidedBackprop, RectifierRule.Guided),
        new GradientAlgorithm(SaliencyMethod.Deconvnet, RectifierRule.Deconvnet),
        new InputXGradientAlgorithm(),
        new IntegratedGradientsAlgorithm(),
        new NoiseAlgorithm(SaliencyMethod.SmoothGrad),
        new NoiseAlgorithm(SaliencyMethod.SmoothGradSquared),
        new NoiseAlgorithm(SaliencyMethod.VarGrad),
        new DeepLiftAlgorithm(),
        new OcclusionAlgorithm(),
        new RiseAlgorithm(),
        new CamAlgorithm(),
        new ScoreAlgorithm(),
        new AblationAlgorithm(),
        new EigenAlgorithm(SaliencyMethod.EigenCam, isWeighted: false),
        new EigenAlgorithm(SaliencyMethod.EigenGradCam, isWeighted: true),
        new GuidedGradCamAlgorithm(),
    }.Concat(GradientMapAlgorithm.All).ToDictionary(algorithm => algorithm.Method);

    /// <summary>The algorithm of a method.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: there is none.</exception>
    public static SaliencyAlgorithm Find(SaliencyMethod method) =>
        All.GetValueOrDefault(method) ?? throw Errors.ArgumentInvalid("The method", method, $"one of {string.Join(", ", All.Keys)}");
}
