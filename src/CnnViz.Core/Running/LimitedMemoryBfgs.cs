using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>
/// L-BFGS (Liu and Nocedal 1989) over one tensor, a step an evaluation, as style transfer uses PyTorch's: no line search; the first step is no longer than
/// the learning rate in the sum of its magnitudes.
/// </summary>
/// <param name="parameter">What is optimised, in place.</param>
public sealed class LimitedMemoryBfgs(Tensor parameter) : Optimizer
{
    private const double SmallestCurvature = 1e-10;

    private readonly List<Tensor> _steps = [];
    private readonly List<Tensor> _changes = [];
    private Tensor? _lastGradient;
    private Tensor? _lastStep;

    /// <summary>How many steps are remembered.</summary>
    public int History { get; init; } = 100;

    /// <inheritdoc/>
    public override int StateCount => 2 * History + 2;

    /// <inheritdoc/>
    public override void Step(Tensor gradient, double learningRate)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        var flat = (WeightDecay == 0 ? gradient : gradient.add(parameter, WeightDecay)).flatten();
        var length = learningRate;
        if (_lastGradient is null)
            length *= Math.Min(1, 1 / flat.abs().sum().ToDouble());
        else
            Remember(flat - _lastGradient);
        var step = Direction(flat) * length;
        parameter.add_(step.view(parameter.shape));
        Replace(ref _lastGradient, flat.clone());
        Replace(ref _lastStep, step);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("lbfgs.count", Text(_steps.Count));
        for (var i = 0; i < _steps.Count; i++)
        {
            checkpoint.Put($"lbfgs.step.{i}", _steps[i]);
            checkpoint.Put($"lbfgs.change.{i}", _changes[i]);
        }
        if (_lastGradient is null || _lastStep is null)
            return;
        checkpoint.Put("lbfgs.gradient", _lastGradient);
        checkpoint.Put("lbfgs.last", _lastStep);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        Forget();
        for (var i = 0; i < Count(checkpoint.Text("lbfgs.count")); i++)
        {
            _steps.Add(Own(checkpoint.Tensor($"lbfgs.step.{i}")));
            _changes.Add(Own(checkpoint.Tensor($"lbfgs.change.{i}")));
        }
        if (!checkpoint.Holds("lbfgs.gradient"))
            return;
        _lastGradient = Own(checkpoint.Tensor("lbfgs.gradient"));
        _lastStep = Own(checkpoint.Tensor("lbfgs.last"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget();
    }

    private static Tensor Own(Tensor tensor) => tensor.clone().DetachFromDisposeScope();

    private static void Replace(ref Tensor? held, Tensor tensor)
    {
        held?.Dispose();
        held = tensor.DetachFromDisposeScope();
    }

    private static double Product(Tensor one, Tensor other) => (one * other).sum().ToDouble();

    /// <summary>A step whose curvature is not positive says nothing of a minimum and is left out.</summary>
    private void Remember(Tensor change)
    {
        if (Product(change, _lastStep!) <= SmallestCurvature)
            return;
        if (_steps.Count == History)
        {
            _steps[0].Dispose();
            _changes[0].Dispose();
            _steps.RemoveAt(0);
            _changes.RemoveAt(0);
        }
        _steps.Add(Own(_lastStep!));
        _changes.Add(change.DetachFromDisposeScope());
    }

    /// <summary>The two-loop recursion.</summary>
    private Tensor Direction(Tensor gradient)
    {
        var direction = -gradient;
        var weights = new double[_steps.Count];
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            weights[i] = Product(_steps[i], direction) / Product(_changes[i], _steps[i]);
            direction = direction.add(_changes[i], -weights[i]);
        }
        if (_steps.Count > 0)
            direction = direction * (Product(_changes[^1], _steps[^1]) / Product(_changes[^1], _changes[^1]));
        for (var i = 0; i < _steps.Count; i++)
            direction = direction.add(_steps[i], weights[i] - Product(_changes[i], direction) / Product(_changes[i], _steps[i]));
        return direction;
    }

    private void Forget()
    {
        foreach (var tensor in _steps.Concat(_changes))
            tensor.Dispose();
        _steps.Clear();
        _changes.Clear();
        _lastGradient?.Dispose();
        _lastStep?.Dispose();
        (_lastGradient, _lastStep) = (null, null);
    }
}
