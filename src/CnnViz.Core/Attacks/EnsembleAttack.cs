using System.Globalization;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// Several attacks one after another, each on the pictures that withstood those before (AutoAttack, Croce and Hein 2020): what none of them fools is likely to
/// be robust. Only what still fools after rounding to 8 bits counts.
/// </summary>
public sealed class EnsembleAttack : AttackStepper
{
    private readonly Func<AttackProblem, AttackStepper>[] _attacks;
    private readonly int[] _starts;
    private int _stage = -1;
    private int[] _pictures = [];
    private AttackProblem? _part;
    private AttackStepper? _attack;

    /// <summary>Begins with the first attack.</summary>
    /// <param name="problem">What is to be solved; it stays its owner's.</param>
    /// <param name="attacks">The attacks, each made for the pictures that are left.</param>
    public EnsembleAttack(AttackProblem problem, IReadOnlyList<Func<AttackProblem, AttackStepper>> attacks)
        : base(nameof(AttackMethod.Ensemble), problem)
    {
        _attacks = [.. attacks];
        var steps = Array.ConvertAll(_attacks, make =>
        {
            using var attack = make(problem);
            return (attack.StepCount, attack.Identity["Settings"], attack.Identity["Attack"]);
        });
        _starts = new int[steps.Length + 1];
        for (var i = 0; i < steps.Length; i++)
            _starts[i + 1] = _starts[i] + steps[i].StepCount;
        Settings = string.Join("; ", steps.Select(step => $"{step.Item3}: {step.Item2}"));
    }

    /// <inheritdoc/>
    public override int StepCount => _starts[^1];

    /// <inheritdoc/>
    public override bool IsDone => base.IsDone || (CompletedSteps > 0 && Fooled == Problem.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Candidates => [Best];

    /// <inheritdoc/>
    protected override string Settings { get; }

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore);

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        if (_attack is null)
            Begin(_stage + 1, [.. TensorTransfer.ToArray(BestScore).Index().Where(score => score.Item <= 0).Select(score => score.Index)]);
        _attack!.Step(cancellation);
        CompletedSteps++;
        if (_stage == 0 && IsMasked.Count == 0)
            IsMasked = _attack.IsMasked;
        if (!_attack.IsDone)
            return;
        Take(_attack);
        CompletedSteps = _starts[_stage + 1];
        End();
    }

    /// <summary>What the present attack has found counts, too.</summary>
    public override void KeepBest()
    {
        if (_attack is not null)
            Take(_attack);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        checkpoint.Put("stage", _stage.ToString(CultureInfo.InvariantCulture));
        checkpoint.Put("pictures", string.Join(' ', _attack is null ? [] : _pictures));
        if (_attack is not null)
            checkpoint.PutPart("attack", _attack.Save);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        End();
        var stage = int.Parse(checkpoint.Text("stage"), CultureInfo.InvariantCulture);
        int[] pictures = [.. checkpoint.Text("pictures").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        _stage = stage;
        if (pictures.Length == 0)
            return;
        Begin(stage, pictures);
        using var part = checkpoint.Part("attack");
        _attack!.Restore(part);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            End();
    }

    private void Begin(int stage, int[] pictures)
    {
        (_stage, _pictures) = (stage, pictures);
        _part = Problem.Of(pictures);
        _attack = _attacks[stage](_part);
    }

    private void End()
    {
        _attack?.Dispose();
        _part?.Dispose();
        (_attack, _part) = (null, null);
    }

    private void Take(AttackStepper attack)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        foreach (var candidate in attack.Candidates)
        {
            var rounded = EightBits.Round(candidate, _part!);
            var margin = _part!.Margin(_part.Logits(rounded));
            var (pixels, scores) = (Best.clone(), zeros_like(BestScore).add_(float.NegativeInfinity));
            for (var i = 0; i < _pictures.Length; i++)
            {
                pixels.select(0, _pictures[i]).copy_(rounded.select(0, i));
                scores.narrow(0, _pictures[i], 1).copy_(margin.narrow(0, i, 1));
            }
            Remember(pixels, scores);
        }
    }
}
