using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>The gradient of the score with respect to the input, by one of the rules for rectifiers.</summary>
internal sealed class GradientAlgorithm(SaliencyMethod method, RectifierRule rule) : CopyAlgorithm(method, SaliencyKind.Sensitivity)
{
    /// <inheritdoc/>
    public override RectifierRule Rule => rule;

    /// <inheritdoc/>
    public override bool UsesInputGradient => true;

    /// <inheritdoc/>
    public override string? Obstacle(CnnModel model) => RuledRectifier.Obstacle(model, rule);

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass) => [.. pass.Targets.Select(target => new Attribution(pass.Gradients(target, rule, 0)[0]))];

    /// <inheritdoc/>
    public override Tensor[] OfCopies(SaliencyPass pass, Tensor copies, int picture)
    {
        using var scope = NewDisposeScope();
        return [.. new GradientRun(pass, rule, picture).AtInput(copies).Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public override Tensor[] SumOfCopies(SaliencyPass pass, Tensor copies, int picture)
    {
        using var scope = NewDisposeScope();
        var run = new GradientRun(pass, rule, picture);
        double[] ones = [.. Enumerable.Repeat(1.0, (int)copies.shape[0])];
        return [.. run.AtEntrance(run.Enter(copies)).Select(gradient => run.Back(GradientRun.Sum(gradient, ones)).squeeze(0).MoveToOuterDisposeScope())];
    }
}
