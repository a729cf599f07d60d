using CnnViz.Attacks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Attacks;

/// <summary>What Square proposes stays within ε, and in L₂ moves length from one window to another.</summary>
public sealed class SquareMovesTests : IDisposable
{
    private const double Epsilon = 2;
    private readonly DigitAttacks _digits = new();
    private readonly AttackProblem _problem;
    private readonly Generator _generator = new(11);
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public SquareMovesTests() => _problem = _digits.Problem(3, norm: AttackNorm.L2, epsilon: Epsilon);

    public void Dispose()
    {
        _scope.Dispose();
        _generator.Dispose();
        _problem.Dispose();
        _digits.Dispose();
    }

    [Fact]
    public void It_begins_with_both_signs_all_over_the_picture()
    {
        var change = new L2SquareMoves(_problem, _generator).Start() - _problem.Clean;
        // On a black ground only the half of the humps that is positive is left after [0,1].
        Assert.All(Lengths(change), length => Assert.InRange(length, 0.4 * Epsilon, Epsilon + 1e-5));
        using var grey = Grey();
        var open = new L2SquareMoves(grey, _generator).Start() - grey.Clean;
        Assert.All(Lengths(open), length => Assert.Equal(Epsilon, length, 1e-3));
        var values = TensorTransfer.ToArray(open);
        Assert.InRange(values.Count(value => value > 0) / (double)values.Length, 0.35, 0.65);
        Assert.Equal(0, values.Sum(), 5.0);
    }

    [Fact]
    public void A_move_changes_two_windows_and_keeps_within_epsilon()
    {
        using var grey = Grey();
        var moves = new L2SquareMoves(grey, _generator);
        var best = moves.Start();
        for (var move = 0; move < 40; move++)
        {
            var next = moves.Next(best, 0.05);
            var lengths = Lengths(next - grey.Clean);
            Assert.All(lengths, length => Assert.InRange(length, 0.9 * Epsilon, Epsilon + 1e-4));
            // At most two windows of 5×5 (none where both were empty and ε is used up), 0.05 of 784 pixels being 6.3², of which an odd side is taken.
            var differing = TensorTransfer.ToArray((next - best).abs().gt(1e-6).to(ScalarType.Float32).flatten(1).sum([1]));
            Assert.All(differing, count => Assert.InRange(count, 0, 2 * 25));
            best = next;
        }
    }

    [Fact]
    public void What_it_has_is_not_changed_by_a_proposal()
    {
        var best = new L2SquareMoves(_problem, _generator).Start();
        var before = TensorTransfer.ToArray(best);
        _ = new L2SquareMoves(_problem, _generator).Next(best, 0.1);
        _ = new LinfSquareMoves(_problem, _generator).Next(best, 0.1);
        Assert.Equal(before, TensorTransfer.ToArray(best));
    }

    private AttackProblem Grey() => new([_digits.Model], new CnnTensor([.. Enumerable.Repeat(128 / 255f, 3 * 784)], [3, 1, 28, 28], "NCHW"), [0, 1, 2])
    {
        Norm = AttackNorm.L2,
        Epsilon = Epsilon,
    };

    private static float[] Lengths(Tensor change) => TensorTransfer.ToArray(AttackProblem.Length(change).flatten());
}
