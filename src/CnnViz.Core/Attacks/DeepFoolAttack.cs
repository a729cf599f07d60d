using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// DeepFool (Moosavi-Dezfooli et al. 2016): as if borders between classes were planes, each step goes straight to the nearest one, in L₂. With a class to
/// reach, to the border with that class.
/// </summary>
public sealed class DeepFoolAttack : AttackStepper
{
    private const double Tiny = 1e-4; // added to the distance, as the paper's code has it
    private readonly int _steps;
    private readonly int _classes;
    private readonly double _overshoot;
    private readonly Tensor _current;
    private readonly Tensor _change;

    /// <summary>Begins at the clean pictures.</summary>
    /// <param name="problem">What is to be solved; ε plays no part. It stays its owner's.</param>
    /// <param name="steps">Steps at most.</param>
    /// <param name="classes">How many of the likeliest classes are looked at.</param>
    /// <param name="overshoot">How much further than the border it goes, as a part.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: several networks.</exception>
    public DeepFoolAttack(AttackProblem problem, int steps = 50, int classes = 10, double overshoot = 0.02)
        : base("DeepFool", problem)
    {
        if (problem.Models.Count > 1)
            throw Errors.ArgumentInvalid("Model", $"{problem.Models.Count} models", $"one for {AttackMethod.DeepFool}");
        (_steps, _classes, _overshoot) = (steps, Math.Min(classes, problem.Models[0].ClassCount), overshoot);
        _current = problem.Clean.clone().DetachFromDisposeScope();
        _change = zeros_like(problem.Clean).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int StepCount => _steps;

    /// <inheritdoc/>
    public override bool IsDone => base.IsDone || (CompletedSteps > 0 && Fooled == Problem.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Candidates => [Best, _current];

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"{_steps} steps, {_classes} classes, overshoot {_overshoot:R}");

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore.isfinite().to(ScalarType.Float32));

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        var pixels = _current.clone().requires_grad_();
        var logits = Problem.Logits(pixels)[0];
        var saved = Offer();
        var from = Problem.IsTargeted ? logits.detach().argmax(1) : Problem.Classes;
        var ranked = logits.detach().topk(_classes, 1).indexes;
        var places = Problem.IsTargeted ? [Problem.Classes] : Enumerable.Range(0, _classes).Select(rank => ranked.select(1, rank)).ToArray();
        var own = logits.gather(1, from.unsqueeze(1)).squeeze(1);
        Tensor? nearest = null, step = null;
        foreach (var place in places)
        {
            var lead = own - logits.gather(1, place.unsqueeze(1)).squeeze(1);
            var slope = BackwardPass.Gradient(lead.sum(), pixels, retainGraph: true);
            var length = AttackProblem.Length(slope);
            var isSame = place.eq(from);
            var infinity = TensorTransfer.ToNative([float.PositiveInfinity], [1], pixels.device);
            var distance = where(isSame, infinity, lead.detach().abs() / length.view(-1));
            var move = slope * -((distance + Tiny).view(-1, 1, 1, 1) / length);
            if (step is null || nearest is null)
            {
                (nearest, step) = (distance, move);
                continue;
            }
            var isNearer = (nearest - distance).gt(0);
            step = where(isNearer.view(-1, 1, 1, 1), move, step);
            nearest = distance.minimum(nearest);
        }
        using var gradients = no_grad();
        if (CompletedSteps == 0)
            IsMasked = [.. TensorTransfer.ToArray(step!.abs().flatten(1).amax(1)).Select(largest => !float.IsFinite(largest) || largest == 0)];
        // A picture that fools as it will be saved stays where it is; one that does only between the levels goes on a little.
        var goesOn = saved.le(0).to(ScalarType.Float32).view(-1, 1, 1, 1);
        var isOver = Problem.Margin([logits.detach()]).gt(0).view(-1, 1, 1, 1);
        _change.add_(where(isOver, _change * _overshoot, where(step!.isfinite(), step, zeros_like(step))) * goesOn);
        _current.copy_((Problem.Clean + _change * (1 + _overshoot)).clamp(0, 1));
        CompletedSteps++;
        if (CompletedSteps == _steps)
            Offer();
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        checkpoint.Put("current", _current);
        checkpoint.Put("change", _change);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        _current.copy_(checkpoint.Tensor("current"));
        _change.copy_(checkpoint.Tensor("change"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _current.Dispose();
        _change.Dispose();
    }

    /// <summary>Of those that fool as they will be saved the nearest is the best.</summary>
    /// <returns>Their margins.</returns>
    private Tensor Offer()
    {
        using var gradients = no_grad();
        var rounded = EightBits.Round(_current, Problem, isBounded: false);
        var margin = Problem.Margin(Problem.Logits(rounded));
        Remember(rounded, NearestFirst(rounded, margin));
        return margin;
    }
}
