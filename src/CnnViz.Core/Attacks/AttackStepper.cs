using System.Globalization;
using CnnViz.Running;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// What all attacks share: the problem, the chance, the best picture so far of each, and how they are written down. An attack says what a step is.
/// </summary>
public abstract class AttackStepper : Stepper
{
    private readonly string _name;
    private readonly Tensor _best;
    private readonly Tensor _bestScore;

    /// <summary>Begins at the clean pictures.</summary>
    /// <param name="name">The attack's name.</param>
    /// <param name="problem">What is to be solved; it stays its owner's.</param>
    protected AttackStepper(string name, AttackProblem problem)
    {
        (_name, Problem) = (name, problem);
        Generator = new Generator((ulong)problem.Seed);
        _best = problem.Clean.clone().DetachFromDisposeScope();
        _bestScore = zeros([problem.Count], device: problem.Clean.device).add_(float.NegativeInfinity).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override string Activity => $"{_name} on {string.Join(", ", Problem.Models.Select(model => model.Name))}";

    /// <inheritdoc/>
    public override string Status => string.Create(CultureInfo.InvariantCulture, $"{Fooled} of {Problem.Count} fooled");

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Attack"] = _name,
        ["Weights"] = string.Join(' ', Problem.Models.Select(model => model.WeightsHash)),
        ["Pictures"] = TensorTransfer.ToManaged(Problem.Clean).Fingerprint,
        ["Classes"] = $"{(Problem.IsTargeted ? "to" : "from")} {string.Join(' ', Problem.ClassList)}",
        ["Bound"] = string.Create(CultureInfo.InvariantCulture, $"{Problem.Norm} {Problem.Epsilon:R}"),
        ["Settings"] = Settings,
        ["Seed"] = Problem.Seed.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override bool IsCheckpointDue => CompletedSteps % 10 == 0 || IsDone;

    /// <summary>The pictures that are worth a look, the most promising first, each <c>[N, C, H, W]</c>: after rounding to 8 bits the first that fools is taken.</summary>
    public abstract IReadOnlyList<Tensor> Candidates { get; }

    /// <summary>For each picture whether the attack found no gradient to follow at its start, which says nothing of the network's strength.</summary>
    public IReadOnlyList<bool> IsMasked { get; protected set; } = [];

    /// <summary>What tells this attack from others of its name.</summary>
    protected abstract string Settings { get; }

    /// <summary>What is to be solved.</summary>
    protected AttackProblem Problem { get; }

    /// <summary>The source of chance.</summary>
    protected Generator Generator { get; }

    /// <summary>The best picture so far of each.</summary>
    protected Tensor Best => _best;

    /// <summary>How good it is: larger is better, -∞ where there is none.</summary>
    protected Tensor BestScore => _bestScore;

    /// <summary>How many pictures fool the networks so far.</summary>
    protected abstract int Fooled { get; }

    /// <summary>The best picture is the result already.</summary>
    public override void KeepBest()
    {
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("step", CompletedSteps.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("masked", string.Concat(IsMasked.Select(masked => masked ? '1' : '0')));
        checkpoint.PutGenerator(Generator);
        checkpoint.Put("best", _best);
        checkpoint.Put("best.score", _bestScore);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        CompletedSteps = int.Parse(checkpoint.Text("step"), CultureInfo.InvariantCulture);
        IsMasked = [.. checkpoint.Text("masked").Select(letter => letter == '1')];
        checkpoint.RestoreGenerator(Generator);
        _best.copy_(checkpoint.Tensor("best"));
        _bestScore.copy_(checkpoint.Tensor("best.score"));
    }

    /// <summary>Keeps the pictures that are better than what there was.</summary>
    /// <param name="pixels">The pictures.</param>
    /// <param name="score">How good each is, <c>[N]</c>.</param>
    protected void Remember(Tensor pixels, Tensor score)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var isBetter = (score - _bestScore).gt(0);
        _best.copy_(where(isBetter.view(-1, 1, 1, 1), pixels, _best));
        _bestScore.copy_(where(isBetter, score, _bestScore));
    }

    /// <summary>As <see cref="Remember"/>, where only what still fools after rounding to 8 bits counts as fooling, and is good enough.</summary>
    /// <param name="pixels">The pictures.</param>
    /// <param name="margin">Their margins as they are, <c>[N]</c>.</param>
    protected void RememberAsSaved(Tensor pixels, Tensor margin)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        // The network is asked again only where there is something new to win.
        if (Positive(margin.minimum(-_bestScore)) > 0)
            margin = where(margin.gt(0), margin.minimum(Problem.Margin(Problem.Logits(EightBits.Round(pixels, Problem)))), margin);
        Remember(pixels, where(_bestScore.gt(0), zeros_like(margin), margin));
    }

    /// <summary>A score that is the larger the nearer a picture is, and -∞ where it does not fool.</summary>
    /// <param name="pixels">The pictures.</param>
    /// <param name="margin">Their margins, <c>[N]</c>.</param>
    protected Tensor NearestFirst(Tensor pixels, Tensor margin) =>
        where(margin.gt(0), -Problem.Distance(pixels), TensorTransfer.ToNative([float.NegativeInfinity], [1], margin.device));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Generator.Dispose();
        _best.Dispose();
        _bestScore.Dispose();
    }

    /// <summary>How many entries of a tensor are above 0.</summary>
    private protected static int Positive(Tensor values)
    {
        using var scope = NewDisposeScope();
        return (int)values.gt(0).to(ScalarType.Float32).sum().ToDouble();
    }
}
