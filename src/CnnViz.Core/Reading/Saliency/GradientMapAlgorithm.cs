using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>The maps of a layer weighted by gradients of the score: these methods differ in nothing but the weights, which the table has.</summary>
/// <param name="method">The method.</param>
/// <param name="contributions">What each value adds, of activations and gradients, both <c>[N, K, h, w]</c>.</param>
internal sealed class GradientMapAlgorithm(SaliencyMethod method, Func<Tensor, Tensor, Tensor> contributions) : LayerMapAlgorithm(method)
{
    private const double Tiny = 1e-7;

    /// <summary>Each method's definition, as pytorch-grad-cam has it.</summary>
    public static GradientMapAlgorithm[] All { get; } =
    [
        new(SaliencyMethod.GradCam, (maps, gradient) => gradient.mean([2, 3], keepdim: true) * maps),
        new(SaliencyMethod.GradCamPlusPlus, (maps, gradient) => (Alphas(maps, gradient) * gradient.relu()).sum([2, 3], keepdim: true) * maps),
        new(SaliencyMethod.XGradCam, (maps, gradient) => (gradient * maps / (maps.sum([2, 3], keepdim: true) + Tiny)).sum([2, 3], keepdim: true) * maps),
        new(SaliencyMethod.HiResCam, (maps, gradient) => gradient * maps),
        new(SaliencyMethod.LayerCam, (maps, gradient) => gradient.relu() * maps),
        new(SaliencyMethod.GradCamElementWise, (maps, gradient) => (gradient * maps).relu()),
    ];

    /// <inheritdoc/>
    public override bool UsesLayerGradient => true;

    /// <inheritdoc/>
    protected override Tensor[] Maps(SaliencyPass pass, int layer)
    {
        var maps = pass.Activations(layer);
        return [.. pass.Targets.Select(target =>
        {
            using var scope = NewDisposeScope();
            var each = contributions(maps, pass.LayerGradient(target, layer));
            var isMean = pass.Options.Preset == SaliencyPreset.Thesis004 && Method == SaliencyMethod.GradCam;
            return (isMean ? each.mean([1], keepdim: true) : each.sum([1], keepdim: true)).MoveToOuterDisposeScope();
        })];
    }

    /// <summary>Equation 19 of Chattopadhay et al. 2017, where the score is an exponential, whose derivatives are powers of the gradient; 0 where that is 0.</summary>
    private static Tensor Alphas(Tensor maps, Tensor gradient)
    {
        var square = gradient.square();
        return square / (2.0 * square + maps.sum([2, 3], keepdim: true) * square * gradient + 1e-6);
    }
}
