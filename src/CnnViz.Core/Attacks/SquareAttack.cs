using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// Square (Andriushchenko et al. 2020): random changes of square windows, kept where the margin grows. It asks for no gradient, so that it also tells where
/// gradients mislead.
/// </summary>
public sealed class SquareAttack : AttackStepper
{
    private const double ScheduleLength = 10_000;
    private static readonly double[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    private readonly int _queries;
    private readonly SquareMoves _moves;
    private readonly double _share;

    /// <summary>Begins with a pattern all over the picture.</summary>
    /// <param name="problem">What is to be solved; it stays its owner's.</param>
    /// <param name="queries">How often the network is asked about each picture.</param>
    /// <param name="share">The part of the picture that the first windows cover; null for the paper's: 0.8 in L∞, 0.1 in L₂.</param>
    public SquareAttack(AttackProblem problem, int queries, double? share = null)
        : base("Square", problem)
    {
        _moves = problem.Norm == AttackNorm.Linf ? new LinfSquareMoves(problem, Generator) : new L2SquareMoves(problem, Generator);
        (_queries, _share) = (queries, share ?? _moves.UsualShare);
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
        var pixels = EightBits.Round(CompletedSteps == 0 ? _moves.Start() : Moved(), Problem);
        Remember(pixels, Problem.Margin(Problem.Logits(pixels)));
        CompletedSteps++;
    }

    /// <summary>What fools already is not changed any more.</summary>
    private Tensor Moved() => where(BestScore.gt(0).view(-1, 1, 1, 1), Best, _moves.Next(Best, Share()));

    /// <summary>The part of the picture that a window covers falls as the paper has it, stretched to the number of queries.</summary>
    private double Share()
    {
        var place = CompletedSteps / (double)_queries * ScheduleLength;
        return _share / Math.Pow(2, Halvings.Count(halving => place > halving));
    }
}
