using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The integral of the gradient along the straight way from the baseline, times the way. Its values sum to the difference of the scores at both ends, as
/// far as the quadrature (Gauss-Legendre, as captum's) is exact.
/// </summary>
internal sealed class IntegratedGradientsAlgorithm() : CopyAlgorithm(SaliencyMethod.IntegratedGradients, SaliencyKind.Attribution)
{
    /// <inheritdoc/>
    public override CnnVizException? Invalid(SaliencyOptions options) => options.Step < 1 ? Errors.ArgumentInvalid(nameof(options.Step), options.Step, "at least 1") : null;

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        var baselines = Baselines.Of(pass);
        var quadrature = GaussLegendre.Of(pass.Options.Step);
        var found = new Tensor[pass.Images.Count][];
        for (var i = 0; i < found.Length; i++)
            found[i] = Integrate(pass, new GradientRun(pass, RectifierRule.Gradient, i), pass.Input.narrow(0, i, 1), baselines.narrow(0, i, 1), quadrature);
        return Completeness.Attributions(pass, baselines, [.. pass.Targets.Select((_, target) => cat(found.Select(values => values[target]).ToArray()))]);
    }

    /// <inheritdoc/>
    public override Tensor[] OfCopies(SaliencyPass pass, Tensor copies, int picture)
    {
        using var scope = NewDisposeScope();
        var baseline = Baselines.Of(pass).narrow(0, picture, 1);
        var quadrature = GaussLegendre.Of(pass.Options.Step);
        var run = new GradientRun(pass, RectifierRule.Gradient, picture);
        var found = new Tensor[copies.shape[0]][];
        for (var i = 0; i < found.Length; i++)
            found[i] = Integrate(pass, run, copies.narrow(0, i, 1), baseline, quadrature);
        return [.. pass.Targets.Select((_, target) => cat(found.Select(values => values[target]).ToArray()).MoveToOuterDisposeScope())];
    }

    private static Tensor[] Integrate(SaliencyPass pass, GradientRun run, Tensor picture, Tensor baseline, GaussLegendre quadrature)
    {
        using var scope = NewDisposeScope();
        var start = run.Enter(baseline);
        var way = run.Enter(picture) - start;
        var sums = new Tensor?[pass.Targets.Count];
        foreach (var (first, count) in Chunks.OfGradients(pass, quadrature.Places.Length))
        {
            using var chunk = NewDisposeScope();
            var gradients = run.AtEntrance(start + way * PerCopy(quadrature.Places, first, count, way));
            for (var i = 0; i < sums.Length; i++)
            {
                var part = GradientRun.Sum(gradients[i], quadrature.Weights.AsSpan(first, count));
                sums[i] = sums[i]?.add_(part) ?? part.MoveToOuterDisposeScope();
            }
        }
        return [.. sums.Select(sum => ((picture - baseline) * run.Back(sum!)).MoveToOuterDisposeScope())];
    }

    private static Tensor PerCopy(double[] values, int first, int count, Tensor like) =>
        TensorTransfer.ToNative(
            [.. values.Skip(first).Take(count).Select(value => (float)value)], [count, 1, 1, 1], like.device).to(like.dtype);
}
