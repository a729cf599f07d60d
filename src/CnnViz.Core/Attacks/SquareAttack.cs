using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// Square (Andriushchenko et al. 2020), L∞: random squares of ±ε in each channel, kept where the margin grows. It asks for no gradient, so that it also tells
/// where gradients mislead.
/// </summary>
public sealed class SquareAttack : AttackStepper
{
    private const double UsualShare = 0.8;
    private const double ScheduleLength = 10_000;
    private static readonly double[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    private readonly int _queries;
    private readonly double _share;

    /// <summary>Begins with vertical stripes.</summary>
    /// <param name="problem">What is to be solved, in L∞; it stays its owner's.</param>
    /// <param name="queries">How often the network is asked about each picture.</param>
    /// <param name="share">The part of the picture that the first squares cover.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: another norm.</exception>
    public SquareAttack(AttackProblem problem, int queries, double share = UsualShare)
        : base("Square", problem)
    {
        if (problem.Norm != AttackNorm.Linf)
            throw Errors.ArgumentInvalid("Norm", problem.Norm, $"{AttackNorm.Linf} for {AttackMethod.Square}");
        (_queries, _share) = (queries, share);
    }

    /// <inheritdoc/>
    public override int StepCount => _queries;

    /// <summary>Once all are fooled, more of it would not help.</summary>
    public override bool IsDone => base.IsDone || (CompletedSteps > 0 && Fooled == Problem.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Candidates => [Best];

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"{_queries} queries, share {_share:R}");

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore);

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        using var gradients = no_grad();
        // Rounded as they will be saved: what only fools between the levels is of no use.
        var pixels = EightBits.Round(CompletedSteps == 0 ? Stripes() : Squares(), Problem);
        Remember(pixels, Problem.Margin(Problem.Logits(pixels)));
        CompletedSteps++;
    }

    private Tensor Stripes()
    {
        var shape = Problem.Clean.shape;
        return Problem.Project(Problem.Clean + Signs(shape[0], shape[1], 1, shape[3]) * Problem.Epsilon);
    }

    private Tensor Squares()
    {
        var shape = Problem.Clean.shape;
        var (height, width) = (shape[2], shape[3]);
        var side = Math.Clamp((long)Math.Round(Math.Sqrt(Share() * height * width)), 1, Math.Min(height, width));
        var pixels = Best.clone();
        var signs = Signs(shape[0], shape[1], 1, 1);
        var places = TensorTransfer.ToArray(rand([2, shape[0]], generator: Generator));
        for (var i = 0; i < shape[0]; i++)
        {
            // What fools already is not changed any more.
            var (row, column) = ((long)(places[i] * (height - side + 1)), (long)(places[shape[0] + i] * (width - side + 1)));
            var square = pixels.select(0, i).narrow(1, row, side).narrow(2, column, side);
            var clean = Problem.Clean.select(0, i).narrow(1, row, side).narrow(2, column, side);
            square.copy_((clean + signs.select(0, i) * Problem.Epsilon).clamp(0, 1));
        }
        return where(BestScore.gt(0).view(-1, 1, 1, 1), Best, pixels);
    }

    private Tensor Signs(params ReadOnlySpan<long> shape) =>
        ((rand(shape.ToArray(), device: Problem.Clean.device, generator: Generator) * 2.0).floor() * 2.0 - 1.0).clamp(-1, 1);

    /// <summary>The part of the picture that a square covers falls as the paper has it, stretched to the number of queries.</summary>
    private double Share()
    {
        var place = CompletedSteps / (double)_queries * ScheduleLength;
        return _share / Math.Pow(2, Halvings.Count(halving => place > halving));
    }
}
