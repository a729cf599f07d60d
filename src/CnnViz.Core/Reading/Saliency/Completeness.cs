using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>Attributions that should sum to the difference of the scores of picture and baseline, and by how much they do not.</summary>
internal static class Completeness
{
    /// <summary>The attributions of every target with their deltas, in the outer tensor scope.</summary>
    /// <param name="pass">The pictures and the targets.</param>
    /// <param name="baselines">The baselines, <c>[N, C, H, W]</c>.</param>
    /// <param name="values">For each target <c>[N, C, H, W]</c>.</param>
    public static Attribution[] Attributions(SaliencyPass pass, Tensor baselines, Tensor[] values)
    {
        using var gradients = no_grad();
        var atBaseline = pass.Ask(baselines);
        return [.. values.Zip(pass.Targets, (value, target) =>
        {
            var sums = TensorTransfer.ToArray(value.to(ScalarType.Float64).sum([1, 2, 3]));
            var scores = TensorTransfer.ToArray(target.Score(atBaseline));
            var deltas = sums.Select((sum, i) => sum - ((double)pass.Score(target, i) - scores[i]));
            return new Attribution(value.MoveToOuterDisposeScope(), [.. deltas]);
        })];
    }
}
