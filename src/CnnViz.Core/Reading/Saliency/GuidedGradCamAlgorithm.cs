using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>Guided backprop, where Grad-CAM sees the class: their product, the positive part of Grad-CAM enlarged bilinearly.</summary>
internal sealed class GuidedGradCamAlgorithm() : SaliencyAlgorithm(SaliencyMethod.GuidedGradCam, SaliencyKind.Attribution)
{
    /// <inheritdoc/>
    public override bool UsesLayer => true;

    /// <inheritdoc/>
    public override bool UsesLayerGradient => true;

    /// <inheritdoc/>
    public override bool UsesInputGradient => true;

    /// <inheritdoc/>
    public override RectifierRule Rule => RectifierRule.Guided;

    /// <inheritdoc/>
    public override string? Obstacle(CnnModel model) => RuledRectifier.Obstacle(model, Rule);

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        var maps = SaliencyAlgorithms.Find(SaliencyMethod.GradCam).Compute(pass);
        return [.. pass.Targets.Zip(maps, (target, map) =>
        {
            var place = Enlargement.Bilinear(map.Values.relu(), pass.Input.shape[2], pass.Input.shape[3]);
            return new Attribution((pass.Gradients(target, Rule, 0)[0] * place).MoveToOuterDisposeScope());
        })];
    }
}
