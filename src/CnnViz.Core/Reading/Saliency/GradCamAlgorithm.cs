using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>The maps of a layer, weighted by the mean of their gradients.</summary>
internal sealed class GradCamAlgorithm() : SaliencyAlgorithm(SaliencyMethod.GradCam, SaliencyKind.ClassActivation)
{
    /// <inheritdoc/>
    public override bool UsesLayer => true;

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        var position = pass.Layer!.Positions[0];
        return [.. pass.Targets.Select(target =>
        {
            using var scope = NewDisposeScope();
            var gradient = pass.Gradients(target, RectifierRule.Gradient, position)[0];
            return new Attribution((gradient.mean([2, 3], keepdim: true) * pass.Activations(position)).sum([1], keepdim: true).MoveToOuterDisposeScope());
        })];
    }
}
