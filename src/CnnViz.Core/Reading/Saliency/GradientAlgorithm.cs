namespace CnnViz.Reading.Saliency;

/// <summary>The gradient of the score with respect to the input, by one of the rules for rectifiers.</summary>
internal sealed class GradientAlgorithm(SaliencyMethod method, RectifierRule rule) : SaliencyAlgorithm(method, SaliencyKind.Sensitivity)
{
    /// <inheritdoc/>
    public override RectifierRule Rule => rule;

    /// <inheritdoc/>
    public override bool UsesInputGradient => true;

    /// <inheritdoc/>
    public override string? Obstacle(CnnModel model) => RuledRectifier.Obstacle(model, rule);

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass) => [.. pass.Targets.Select(target => new Attribution(pass.Gradients(target, rule, 0)[0]))];
}
