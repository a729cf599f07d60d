using CnnViz.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>Judges pictures as they will be saved.</summary>
internal static class Verified
{
    private const int MostTogether = 50; // variations in one pass
    private const long MostValues = 50L * 3 * 224 * 224; // of all of them

    /// <summary>For each picture the first of the candidates that fools after rounding to 8 bits; where none does, the one that comes nearest to it.</summary>
    public static CnnTensor[] Best(AttackProblem problem, IReadOnlyList<Tensor> candidates, bool isBounded)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var best = EightBits.Round(candidates[0], problem, isBounded);
        var margin = problem.Margin(problem.Logits(best));
        foreach (var candidate in candidates.Skip(1))
        {
            var rounded = EightBits.Round(candidate, problem, isBounded);
            var other = problem.Margin(problem.Logits(rounded));
            // 0 is no success, yet all that one that fails has: then the larger margin counts.
            var isBetter = (other - margin).gt(0).mul(margin.le(0));
            best = where(isBetter.view(-1, 1, 1, 1), rounded, best);
            margin = where(isBetter, other, margin);
        }
        var found = TensorTransfer.ToManaged(best, "NCHW");
        return [.. Enumerable.Range(0, problem.Count).Select(found.Slice)];
    }

    /// <summary>The part of fresh variations in which each picture fools; null without variations.</summary>
    public static double[]? UnderTransformations(AttackProblem problem, IReadOnlyList<CnnImage> pictures, Augmentation? transformation, int trials)
    {
        if (transformation is null)
            return null;
        using var gradients = no_grad();
        // Another stream than the attack's own: it must not be judged on what it was trained on.
        using var generator = new Generator((ulong)~problem.Seed);
        return [.. pictures.Select((picture, i) =>
        {
            using var scope = NewDisposeScope();
            var pixels = TensorTransfer.ToNative(picture, problem.Clean.device).unsqueeze(0);
            var fooled = 0.0;
            var together = (int)Math.Clamp(MostValues / picture.Count, 1, MostTogether);
            for (var done = 0; done < trials; done += together)
            {
                using var part = NewDisposeScope();
                var count = Math.Min(together, trials - done);
                var varied = transformation.Apply(pixels.repeat(count, 1, 1, 1), generator);
                var margin = AttackProblem.Margin(problem.Logits(varied), problem.Classes.narrow(0, i, 1).repeat(count), problem.IsTargeted);
                fooled += margin.gt(0).to(ScalarType.Float32).sum().ToDouble();
            }
            return fooled / trials;
        })];
    }
}
