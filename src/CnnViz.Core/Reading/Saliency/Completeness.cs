using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>Attributions that should sum to the difference of the scores of picture and baseline, and by how much they do not.</summary>
internal static class Completeness
{
    /// <summary>The attributions of every target with their deltas, in the outer tensor scope.</summary>
    /// <param name="pass">The pictures, their logits and the targets.</param>
    /// <param name="baselines">The baselines, <c>[N, C, H, W]</c>.</param>
    /// <param name="values">For each target <c>[N, C, H, W]</c>.</param>
    public static Attribution[] Attributions(SaliencyPass pass, Tensor baselines, Tensor[] values)
    {
        using var gradients = no_grad();
        var logits = TensorTransfer.ToArray(pass.Model.Run(baselines));
        var classes = pass.Model.ClassCount;
        return [.. values.Select((value, target) =>
        {
            var sums = TensorTransfer.ToArray(value.to(ScalarType.Float64).sum([1, 2, 3]));
            var deltas = pass.Targets[target].Classes.Select((index, i) => sums[i] - ((double)pass.Logits[i * classes + index] - logits[i * classes + index]));
            return new Attribution(value.MoveToOuterDisposeScope(), [.. deltas]);
        })];
    }
}
