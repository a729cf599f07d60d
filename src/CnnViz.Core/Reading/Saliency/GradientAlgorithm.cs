namespace CnnViz.Reading.Saliency;

/// <summary>The gradient of the score with respect to the input, by one of the rules for rectifiers.</summary>
internal sealed class GradientAlgorithm(SaliencyMethod method, RectifierRule rule) : SaliencyAlgorithm(method, SaliencyKind.Sensitivity)
{
    /// <summary>What rectifiers let through.</summary>
    public RectifierRule Rule => rule;

    /// <inheritdoc/>
    public override bool UsesInputGradient => true;

    /// <inheritdoc/>
    public override string? Obstacle(CnnModel model) => rule == RectifierRule.Gradient || model.Network.Nodes.Any(node => RuledRectifier.Is(node.Operation))
        ? null
        : "it has no rectifier (ReLU), and without one this is the plain gradient";

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass) => [.. pass.Targets.Select(target => new Attribution(pass.Gradients(target, rule, 0)[0]))];
}
