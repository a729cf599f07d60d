using System.Globalization;
using System.Text.Json;
using CnnViz.Running;
using CnnViz.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>
/// Carlini and Wagner's L₂ attack (2017): min ‖δ‖² + c · f(x + δ), where f is how far the logits are from fooling, with a binary search over c for each
/// picture. Their box by tanh holds pixels of exactly 0 and 1 fast; here Adam moves the pixels themselves and the box cuts them, so that all can move.
/// </summary>
public sealed class CarliniWagnerAttack : AttackStepper
{
    private const double LargestConstant = 1e10;
    private const int Checks = 10; // how often a search step asks whether it still gets on
    private const double Progress = 0.9999;

    private readonly CarliniWagnerPlan _plan;
    private readonly Tensor _current;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _constants;
    private readonly bool[] _found;
    private double _lastLoss = double.PositiveInfinity;
    private Adam _adam;

    /// <summary>Begins at the clean pictures.</summary>
    /// <param name="problem">What is to be solved; ε plays no part. It stays its owner's.</param>
    /// <param name="plan">The search.</param>
    public CarliniWagnerAttack(AttackProblem problem, CarliniWagnerPlan plan)
        : base("CarliniWagner", problem)
    {
        _plan = plan;
        _current = problem.Clean.clone().DetachFromDisposeScope();
        _adam = new Adam(_current);
        _lower = new double[problem.Count];
        _upper = [.. Enumerable.Repeat(LargestConstant, problem.Count)];
        _constants = [.. Enumerable.Repeat(plan.InitialConstant, problem.Count)];
        _found = new bool[problem.Count];
    }

    /// <inheritdoc/>
    public override int StepCount => _plan.Steps * _plan.SearchSteps;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Candidates => [Best];

    /// <inheritdoc/>
    protected override string Settings => JsonSerializer.Serialize(_plan);

    /// <inheritdoc/>
    protected override int Fooled => Positive(BestScore.isfinite().to(ScalarType.Float32));

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        var place = CompletedSteps % _plan.Steps;
        if (place == 0 && CompletedSteps > 0)
            NextConstants();
        var pixels = _current.clone().requires_grad_();
        var margin = Margin(pixels);
        var constants = TensorTransfer.ToNative([.. _constants.Select(value => (float)value)], [Problem.Count], pixels.device);
        var distance = (pixels - Problem.Clean).square().flatten(1).sum([1]);
        var loss = distance + constants * (_plan.Confidence - margin).clamp(min: 0);
        var gradient = BackwardPass.Gradient(loss.sum(), pixels);
        if (CompletedSteps == 0)
        {
            // What is misread from the beginning has nothing to be gained, and no gradient either.
            var isToBeGained = margin.detach().le(_plan.Confidence).to(ScalarType.Float32);
            IsMasked = [.. TensorTransfer.ToArray(gradient.abs().flatten(1).amax(1)).Zip(TensorTransfer.ToArray(isToBeGained), (largest, toGain) => largest == 0 && toGain > 0)];
        }
        using var gradients = no_grad();
        Offer(margin.detach());
        _adam.Step(gradient, _plan.StepSize);
        _current.clamp_(0, 1);
        CompletedSteps++;
        if ((place + 1) % Math.Max(1, _plan.Steps / Checks) == 0)
            SkipWhereNothingMoves(loss.sum().ToDouble(), place);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        base.Save(checkpoint);
        checkpoint.Put("current", _current);
        checkpoint.Put("lower", Text(_lower));
        checkpoint.Put("upper", Text(_upper));
        checkpoint.Put("constants", Text(_constants));
        checkpoint.Put("found", string.Concat(_found.Select(found => found ? '1' : '0')));
        checkpoint.Put("loss", Text([_lastLoss]));
        _adam.Save(checkpoint);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        base.Restore(checkpoint);
        _current.copy_(checkpoint.Tensor("current"));
        Numbers(checkpoint.Text("lower")).CopyTo(_lower, 0);
        Numbers(checkpoint.Text("upper")).CopyTo(_upper, 0);
        Numbers(checkpoint.Text("constants")).CopyTo(_constants, 0);
        checkpoint.Text("found").Select(letter => letter == '1').ToArray().CopyTo(_found, 0);
        _lastLoss = Numbers(checkpoint.Text("loss"))[0];
        _adam.Restore(checkpoint);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _adam.Dispose();
        _current.Dispose();
    }

    private Tensor Margin(Tensor pixels) => Problem.Margin(Problem.Logits(pixels));

    /// <summary>Only what fools as it will be saved counts; the network is asked again only where the picture between the levels does.</summary>
    private void Offer(Tensor margin)
    {
        if (Positive(margin) == 0)
            return;
        var rounded = EightBits.Round(_current, Problem, isBounded: false);
        var saved = Margin(rounded) - _plan.Confidence;
        var fools = TensorTransfer.ToArray(saved);
        for (var i = 0; i < fools.Length; i++)
            _found[i] |= fools[i] > 0;
        Remember(rounded, NearestFirst(rounded, saved));
    }

    /// <summary>A picture that was found asks for less weight, one that was not for more.</summary>
    private void NextConstants()
    {
        for (var i = 0; i < _constants.Length; i++)
        {
            if (_found[i])
                _upper[i] = Math.Min(_upper[i], _constants[i]);
            else
                _lower[i] = Math.Max(_lower[i], _constants[i]);
            _constants[i] = _upper[i] < LargestConstant ? (_lower[i] + _upper[i]) / 2 : _constants[i] * 10;
            _found[i] = false;
        }
        _lastLoss = double.PositiveInfinity;
        _current.copy_(Problem.Clean);
        _adam.Dispose();
        _adam = new Adam(_current);
    }

    private void SkipWhereNothingMoves(double loss, int place)
    {
        if (_plan.AbortsEarly && loss > _lastLoss * Progress)
            CompletedSteps += _plan.Steps - place - 1;
        _lastLoss = loss;
    }

    private static string Text(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static double[] Numbers(string text) => Array.ConvertAll(text.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));
}
