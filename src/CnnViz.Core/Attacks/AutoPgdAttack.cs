using System.Globalization;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// APGD (Croce and Hein 2020): signed gradient steps with momentum that begin at 2ε and are halved, each picture by itself, where the loss does not rise any
/// more; then the picture goes on from its best. On cross-entropy, or towards one class after another on the difference of logits' ratio.
/// </summary>
public sealed class AutoPgdAttack : AttackStepper
{
    private const double Inertia = 0.75;
    private const double Rises = 0.75; // the part of steps that have to rise
    private const double Tiny = 1e-12;

    private readonly int _steps;
    private readonly int _targets;
    private readonly bool _usesRatio;
    private readonly Dictionary<string, Tensor> _state;
    private int _sinceCheck;
    private int _period;

    /// <summary>Begins at random within ε.</summary>
    /// <param name="problem">What is to be solved; it stays its owner's.</param>
    /// <param name="usesRatio">The difference of logits' ratio instead of cross-entropy.</param>
    /// <param name="steps">Steps of each run.</param>
    /// <param name="targets">Without a class to reach: towards how many of the likeliest wrong classes the ratio goes, one after another.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: the ratio with fewer than 4 classes.</exception>
    public AutoPgdAttack(AttackProblem problem, bool usesRatio, int steps = 100, int targets = 9)
        : base(usesRatio ? nameof(AttackMethod.ApgdDlr) : nameof(AttackMethod.ApgdCe), problem)
    {
        var classes = problem.Models.Min(model => model.ClassCount);
        if (usesRatio && classes < 4)
            throw Errors.ArgumentInvalid("Method", AttackMethod.ApgdDlr, $"{AttackMethod.ApgdCe}: the ratio needs 4 classes, and there are {classes}");
        (_usesRatio, _steps) = (usesRatio, steps);
        _targets = usesRatio && !problem.IsTargeted ? Math.Min(targets, classes - 1) : 1;
        _state = new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["current"] = problem.Clean.clone().DetachFromDisposeScope(),
            ["before"] = problem.Clean.clone().DetachFromDisposeScope(),
            ["gradient"] = zeros_like(problem.Clean).DetachFromDisposeScope(),
            ["top"] = problem.Clean.clone().DetachFromDisposeScope(),
            ["top.gradient"] = zeros_like(problem.Clean).DetachFromDisposeScope(),
        };
        foreach (var name in (string[])["top.loss", "last.loss", "checked.loss", "rises", "halved", "size"])
            _state[name] = zeros([problem.Count], device: problem.Clean.device).DetachFromDisposeScope();
        _state["goal"] = problem.Classes.clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int StepCount => _steps * _targets;

    /// <inheritdoc/>
    public override bool IsDone => base.IsDone || (CompletedSteps > 0 && Fooled == Problem.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Candidates => [Best];

    /// <inheritdoc/>
    protected override string Settings => FormattableString.Invariant($"{_steps} steps, {_targets} targets");

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore);

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        var place = CompletedSteps % _steps;
        if (place == 0)
            Begin(CompletedSteps / _steps);
        using (no_grad())
            Move(place == 0 ? 1 : Inertia);
        var (loss, gradient) = Ascend(S("current"));
        using (no_grad())
        {
            KeepTop(loss, gradient);
            S("rises").add_((loss - S("last.loss")).gt(0).to(ScalarType.Float32));
            S("last.loss").copy_(loss);
            if (++_sinceCheck == _period)
                Check();
        }
        CompletedSteps++;
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        foreach (var (name, tensor) in _state)
            checkpoint.Put(name, tensor);
        checkpoint.Put("period", FormattableString.Invariant($"{_sinceCheck} {_period}"));
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        foreach (var (name, tensor) in _state)
            tensor.copy_(checkpoint.Tensor(name));
        var counts = Array.ConvertAll(checkpoint.Text("period").Split(' '), text => int.Parse(text, CultureInfo.InvariantCulture));
        (_sinceCheck, _period) = (counts[0], counts[1]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        foreach (var tensor in _state.Values)
            tensor.Dispose();
    }

    private Tensor S(string name) => _state[name];

    private void Begin(int run)
    {
        if (_usesRatio && !Problem.IsTargeted)
        {
            using var quiet = no_grad();
            var logits = Problem.Logits(Problem.Clean).Aggregate((sum, values) => sum + values);
            S("goal").copy_(AttackProblem.Others(logits, Problem.Classes).topk(run + 1, 1).indexes.select(1, run));
        }
        var (shape, place) = (Problem.Clean.shape, Problem.Clean.device);
        var isLinf = Problem.Norm == AttackNorm.Linf;
        var noise = isLinf ? rand(shape, device: place, generator: Generator) * 2.0 - 1.0 : randn(shape, device: place, generator: Generator);
        var largest = isLinf ? noise.abs().flatten(1).amax(1).view(-1, 1, 1, 1) : AttackProblem.Length(noise);
        S("current").copy_(Problem.Project(Problem.Clean + noise / largest * Problem.Epsilon));
        S("before").copy_(S("current"));
        S("top").copy_(S("current"));
        var (loss, gradient) = Ascend(S("current"));
        if (run == 0)
            IsMasked = [.. TensorTransfer.ToArray(gradient.abs().flatten(1).amax(1)).Select(value => value == 0)];
        S("gradient").copy_(gradient);
        S("top.gradient").copy_(gradient);
        foreach (var name in (string[])["top.loss", "last.loss", "checked.loss"])
            S(name).copy_(loss);
        S("rises").fill_(0);
        S("halved").fill_(1);
        S("size").fill_(2 * Problem.Epsilon);
        (_sinceCheck, _period) = (0, Math.Max((int)(0.22 * _steps), 1));
    }

    private void Move(double inertia)
    {
        var (current, gradient) = (S("current"), S("gradient"));
        var direction = Problem.Norm == AttackNorm.Linf ? gradient.sign() : gradient / AttackProblem.Length(gradient);
        var step = Problem.Project(current + direction * S("size").view(-1, 1, 1, 1)) - current;
        var next = Problem.Project(current + step * inertia + (current - S("before")) * (1 - inertia));
        S("before").copy_(current);
        current.copy_(next);
    }

    private void KeepTop(Tensor loss, Tensor gradient)
    {
        S("gradient").copy_(gradient);
        var isBetter = (loss - S("top.loss")).gt(0);
        var wide = isBetter.view(-1, 1, 1, 1);
        S("top").copy_(where(wide, S("current"), S("top")));
        S("top.gradient").copy_(where(wide, gradient, S("top.gradient")));
        S("top.loss").copy_(where(isBetter, loss, S("top.loss")));
    }

    /// <summary>Halves the steps of pictures whose loss rose too rarely, or not beyond its best since the last check, where they were not halved there already.</summary>
    private void Check()
    {
        var oscillates = S("rises").le(Rises * _period).to(ScalarType.Float32);
        var stands = (S("checked.loss") - S("top.loss")).ge(0).to(ScalarType.Float32) * (ones_like(S("halved")) - S("halved"));
        var halves = oscillates.maximum(stands);
        S("halved").copy_(halves);
        S("checked.loss").copy_(S("top.loss"));
        S("size").mul_(halves * -0.5 + 1.0);
        var wide = halves.gt(0).view(-1, 1, 1, 1);
        S("current").copy_(where(wide, S("top"), S("current")));
        S("gradient").copy_(where(wide, S("top.gradient"), S("gradient")));
        S("rises").fill_(0);
        (_sinceCheck, _period) = (0, Math.Max(_period - Math.Max((int)(0.03 * _steps), 1), Math.Max((int)(0.06 * _steps), 1)));
    }

    /// <summary>The loss that is to rise and its gradient; what fools is remembered.</summary>
    private (Tensor Loss, Tensor Gradient) Ascend(Tensor at)
    {
        var pixels = at.clone().requires_grad_();
        var logits = Problem.Logits(pixels);
        var loss = logits.Select(values => _usesRatio ? Ratio(values) : CrossEntropy(values)).Aggregate((sum, value) => sum + value);
        var gradient = BackwardPass.Gradient(loss.sum(), pixels);
        RememberAsSaved(at, Problem.Margin([.. logits.Select(values => values.detach())]));
        return (loss.detach(), gradient);
    }

    private Tensor CrossEntropy(Tensor logits)
    {
        var own = logits.log_softmax(1).gather(1, Problem.Classes.unsqueeze(1)).squeeze(1);
        return Problem.IsTargeted ? own : -own;
    }

    /// <summary>The targeted ratio: how the class to leave leads the goal, in units of how far the first is from the third and fourth.</summary>
    private Tensor Ratio(Tensor logits)
    {
        var goal = logits.gather(1, S("goal").unsqueeze(1)).squeeze(1);
        var sorted = logits.topk(4, 1).values;
        var first = sorted.select(1, 0);
        var own = Problem.IsTargeted ? first : logits.gather(1, Problem.Classes.unsqueeze(1)).squeeze(1);
        return (goal - own) / (first - (sorted.select(1, 2) + sorted.select(1, 3)) * 0.5 + Tiny);
    }
}
