using System.Text.Json;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// Steps along the gradient of the cross-entropy within ε: FGSM, BIM, PGD and MI-FGSM, over transformations too. With several networks their losses are added.
/// </summary>
public sealed class GradientAttack : AttackStepper
{
    private const double Tiny = 1e-12;
    private readonly GradientAttackPlan _plan;
    private readonly Tensor _current;
    private readonly Tensor _momentum;

    /// <summary>Begins at the clean pictures, or at random.</summary>
    /// <param name="name">The attack's name.</param>
    /// <param name="problem">What is to be solved; it stays its owner's.</param>
    /// <param name="plan">What each step does.</param>
    public GradientAttack(string name, AttackProblem problem, GradientAttackPlan plan)
        : base(name, problem)
    {
        _plan = plan;
        _current = problem.Clean.clone().DetachFromDisposeScope();
        _momentum = zeros_like(problem.Clean).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int StepCount => _plan.Steps * _plan.Runs;

    /// <summary>The last picture of a run is the furthest; an earlier one may survive rounding where it does not. Of several runs the best counts.</summary>
    public override IReadOnlyList<Tensor> Candidates => _plan.Runs > 1 ? [Best, _current] : [_current, Best];

    /// <inheritdoc/>
    protected override string Settings => JsonSerializer.Serialize(_plan);

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore);

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        if (CompletedSteps % _plan.Steps == 0)
            Begin(CompletedSteps / _plan.Steps);
        var gradient = Gradient(out var margin);
        if (CompletedSteps == 0)
            IsMasked = [.. TensorTransfer.ToArray(gradient.abs().flatten(1).amax(1)).Select(largest => largest == 0)];
        Remember(_current, margin);
        if (_plan.Momentum is { } momentum)
        {
            gradient = gradient / (gradient.abs().flatten(1).mean([1]).view(-1, 1, 1, 1) + Tiny) + _momentum * momentum;
            _momentum.copy_(gradient);
        }
        var direction = Problem.Norm == AttackNorm.Linf ? gradient.sign() : gradient / AttackProblem.Length(gradient);
        var place = CompletedSteps % _plan.Steps;
        var length = _plan.Shortens ? _plan.StepSize * (_plan.Steps - place) / _plan.Steps : _plan.StepSize;
        _current.copy_(Problem.Project(_current + direction * length));
        CompletedSteps++;
        // The next run begins elsewhere: where this one ended has not been looked at yet.
        if (_plan.Runs > 1 && CompletedSteps % _plan.Steps == 0)
            Remember(_current, Judge(_current));
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        checkpoint.Put("current", _current);
        checkpoint.Put("momentum", _momentum);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        _current.copy_(checkpoint.Tensor("current"));
        _momentum.copy_(checkpoint.Tensor("momentum"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _current.Dispose();
        _momentum.Dispose();
    }

    private void Begin(int run)
    {
        _momentum.fill_(0);
        _current.copy_(Problem.Clean);
        if (run == 0 && !_plan.RandomStart)
            return;
        var noise = rand(_current.shape, device: _current.device, generator: Generator) * 2.0 - 1.0;
        if (Problem.Norm == AttackNorm.L2)
        {
            var radius = rand([Problem.Count, 1, 1, 1], device: _current.device, generator: Generator);
            var bell = randn(_current.shape, device: _current.device, generator: Generator);
            noise = bell / AttackProblem.Length(bell) * radius;
        }
        _current.copy_(Problem.Project(_current + noise * Problem.Epsilon));
    }

    /// <summary>Where to go: up the loss of the class to leave, down that of the class to reach.</summary>
    private Tensor Gradient(out Tensor margin)
    {
        var pixels = (_plan.Quantize ? EightBits.Round(_current, Problem) : _current.clone()).requires_grad_();
        var (logits, classes) = Look(pixels);
        var loss = logits.Select(values => nn.functional.cross_entropy(values, classes)).Aggregate((sum, value) => sum + value);
        var gradient = BackwardPass.Gradient(loss, pixels);
        margin = Margin(logits, classes);
        return Problem.IsTargeted ? -gradient : gradient;
    }

    private Tensor Judge(Tensor pixels)
    {
        using var quiet = no_grad();
        var (logits, classes) = Look(pixels);
        return Margin(logits, classes);
    }

    /// <summary>What the networks say, of each variation one after another.</summary>
    private (Tensor[] Logits, Tensor Classes) Look(Tensor pixels) => _plan.Transformation is { } transformation
        ? (Problem.Logits(transformation.Apply(pixels.repeat(_plan.Samples, 1, 1, 1), Generator)), Problem.Classes.repeat(_plan.Samples))
        : (Problem.Logits(pixels), Problem.Classes);

    /// <summary>The margin of each picture; over transformations the mean tells how robust it is.</summary>
    private Tensor Margin(Tensor[] logits, Tensor classes)
    {
        using var quiet = no_grad();
        return AttackProblem.Margin([.. logits.Select(values => values.detach())], classes, Problem.IsTargeted).view(-1, Problem.Count).mean([0]);
    }
}
