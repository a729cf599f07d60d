using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// FAB (Croce and Hein 2020), targeted: steps onto the plane that the border to a class looks like, drawn towards the clean picture, and back half-way after
/// each success, so that it ends near the border and near the picture. Towards each of the likeliest classes, one after another.
/// </summary>
public sealed class FabAttack : AttackStepper
{
    private const double LargestPull = 0.1; // towards the clean picture
    private const double Overshoot = 1.05;
    private const double Backwards = 0.9;
    private const double Tiny = 1e-12;
    private const double HalfLevel = 0.5 / 255;
    private const int Bisections = 30;

    private readonly int _steps;
    private readonly int _targets;
    private readonly Tensor _current;
    private readonly Tensor _goal;

    /// <summary>Begins at the clean pictures.</summary>
    /// <param name="problem">What is to be solved; it stays its owner's.</param>
    /// <param name="steps">Steps towards each class.</param>
    /// <param name="targets">Without a class to reach: how many of the likeliest wrong classes are tried.</param>
    public FabAttack(AttackProblem problem, int steps = 100, int targets = 9)
        : base(nameof(AttackMethod.Fab), problem)
    {
        _steps = steps;
        _targets = problem.IsTargeted ? 1 : Math.Min(targets, problem.Models.Min(model => model.ClassCount) - 1);
        _current = problem.Clean.clone().DetachFromDisposeScope();
        _goal = problem.Classes.clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int StepCount => _steps * _targets;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Candidates => [Best];

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"{_steps} steps, {_targets} targets");

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore + (Problem.Epsilon + HalfLevel));

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        if (CompletedSteps % _steps == 0)
            Begin(CompletedSteps / _steps);
        var pixels = _current.clone().requires_grad_();
        var lead = Lead(pixels);
        var slope = BackwardPass.Gradient(lead.sum(), pixels);
        if (CompletedSteps == 0)
            IsMasked = [.. TensorTransfer.ToArray(slope.abs().flatten(1).amax(1)).Select(largest => largest == 0)];
        using var gradients = no_grad();
        var offset = lead.detach() - (slope * _current).flatten(1).sum([1]);
        var (toPlane, fromClean) = (Projection(_current, slope, offset), Projection(Problem.Clean, slope, offset));
        var (near, far) = (Size(toPlane), Size(fromClean));
        var pull = (near / (near + far + Tiny)).clamp(max: LargestPull).view(-1, 1, 1, 1);
        var next = ((_current + toPlane * Overshoot) * (ones_like(pull) - pull) + (Problem.Clean + fromClean * Overshoot) * pull).clamp(0, 1);
        // Rounded as they will be saved: what only fools between the levels does not count.
        var rounded = EightBits.Round(next, Problem, isBounded: false);
        var margin = Problem.Margin(Problem.Logits(rounded));
        Remember(rounded, NearestFirst(rounded, margin));
        var back = Problem.Clean + (next - Problem.Clean) * Backwards;
        _current.copy_(where(margin.gt(0).view(-1, 1, 1, 1), back, next));
        CompletedSteps++;
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        checkpoint.Put("current", _current);
        checkpoint.Put("goal", _goal);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        _current.copy_(checkpoint.Tensor("current"));
        _goal.copy_(checkpoint.Tensor("goal"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _current.Dispose();
        _goal.Dispose();
    }

    private void Begin(int run)
    {
        _current.copy_(Problem.Clean);
        if (Problem.IsTargeted)
            return;
        using var gradients = no_grad();
        var logits = Problem.Logits(Problem.Clean).Aggregate((sum, values) => sum + values);
        _goal.copy_(AttackProblem.Others(logits, Problem.Classes).topk(run + 1, 1).indexes.select(1, run));
    }

    /// <summary>By how much the goal leads the class to leave, or the likeliest other one, <c>[N]</c>, in all networks together.</summary>
    private Tensor Lead(Tensor pixels) => Problem.Logits(pixels)
        .Select(values => values.gather(1, _goal.unsqueeze(1)).squeeze(1) - (Problem.IsTargeted
            ? AttackProblem.Others(values, _goal).amax(1)
            : values.gather(1, Problem.Classes.unsqueeze(1)).squeeze(1)))
        .Aggregate((one, other) => one.minimum(other));

    private Tensor Size(Tensor change) => Problem.Norm == AttackNorm.Linf ? change.abs().flatten(1).amax(1) : AttackProblem.Length(change).view(-1);

    /// <summary>
    /// The smallest change, in the problem's norm, that takes a point to the plane slope · x + offset = 0 within [0,1]. The further each pixel may go, the
    /// nearer the plane, so that the distance is found by bisection.
    /// </summary>
    private Tensor Projection(Tensor point, Tensor slope, Tensor offset)
    {
        var height = (slope * point).flatten(1).sum([1]) + offset;
        var side = height.sign().view(-1, 1, 1, 1);
        var direction = (Problem.Norm == AttackNorm.Linf ? slope.sign() : slope / AttackProblem.Length(slope)) * -side;
        var least = zeros_like(height);
        var most = Problem.Norm == AttackNorm.Linf ? ones_like(height) : ones_like(height) * Math.Sqrt(slope.numel() / (double)slope.shape[0]) * 4.0;
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (least + most) * 0.5;
            var reached = (slope * (point + direction * middle.view(-1, 1, 1, 1)).clamp(0, 1)).flatten(1).sum([1]) + offset;
            var isBeyond = (reached * side.view(-1)).le(0);
            most = where(isBeyond, middle, most);
            least = where(isBeyond, least, middle);
        }
        return (point + direction * most.view(-1, 1, 1, 1)).clamp(0, 1) - point;
    }
}
