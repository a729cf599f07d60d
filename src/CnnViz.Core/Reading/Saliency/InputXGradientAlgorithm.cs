using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>The input times its gradient: what each value would add, were the network linear.</summary>
internal sealed class InputXGradientAlgorithm() : CopyAlgorithm(SaliencyMethod.InputXGradient, SaliencyKind.Attribution)
{
    /// <inheritdoc/>
    public override bool UsesInputGradient => true;

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass) => [.. pass.Targets.Select(target =>
    {
        using var scope = NewDisposeScope();
        return new Attribution((pass.Input * pass.Gradients(target, RectifierRule.Gradient, 0)[0]).MoveToOuterDisposeScope());
    })];

    /// <inheritdoc/>
    public override Tensor[] OfCopies(SaliencyPass pass, Tensor copies, int picture)
    {
        using var scope = NewDisposeScope();
        return [.. new GradientRun(pass, RectifierRule.Gradient, picture).AtInput(copies).Select(gradient => (copies * gradient).MoveToOuterDisposeScope())];
    }
}
