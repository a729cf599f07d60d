using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>Pictures as files keep them: 256 levels, within ε of the clean picture's levels.</summary>
public static class EightBits
{
    private const double Levels = 255;

    /// <summary>How many levels a change within ε may be: floor(255 ε).</summary>
    public static int LevelsOf(double epsilon) => (int)Math.Floor(Levels * epsilon + 1e-9);

    /// <summary>The pictures rounded to levels, none further from the clean one than ε allows.</summary>
    /// <param name="pixels">The pictures, <c>[N, C, H, W]</c> in [0,1].</param>
    /// <param name="problem">The clean pictures, of whole levels, and ε.</param>
    /// <param name="isBounded">False for an attack that looks for the smallest change.</param>
    internal static Tensor Round(Tensor pixels, AttackProblem problem, bool isBounded = true)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var clean = Nearest(problem.Clean);
        var change = Nearest(pixels) - clean;
        if (isBounded && problem.Norm == AttackNorm.Linf)
        {
            var most = LevelsOf(problem.Epsilon);
            change = change.clamp(-most, most);
        }
        else if (isBounded)
        {
            change = Shorten(change, pixels * Levels - clean, problem.Epsilon * Levels);
        }
        return ((clean + change) / Levels).MoveToOuterDisposeScope();
    }

    private static Tensor Nearest(Tensor pixels) => (pixels * Levels + 0.5).floor();

    /// <summary>A change that is longer than it may be, or was made so by rounding, is cut to that length and goes to the levels nearer to the clean picture.</summary>
    private static Tensor Shorten(Tensor rounded, Tensor exact, double longest)
    {
        var cut = exact / (AttackProblem.Length(exact) / longest).clamp(min: 1);
        var inward = cut.abs().floor() * cut.sign();
        var isTooLong = (AttackProblem.Length(rounded) - longest).gt(0);
        return where(isTooLong, inward, rounded);
    }
}
