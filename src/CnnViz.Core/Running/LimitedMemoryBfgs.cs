using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>
/// L-BFGS (Liu and Nocedal 1989) over one tensor. As style transfer uses PyTorch's it takes a step an evaluation, the first no longer than the learning rate in
/// the sum of its magnitudes. With a line search every step lowers the loss: one that does not is taken back and made shorter (Armijo's condition).
/// </summary>
/// <param name="parameter">What is optimised, in place.</param>
public sealed class LimitedMemoryBfgs(Tensor parameter) : Optimizer
{
    private const double SmallestCurvature = 1e-10;
    private const double FirstMove = 0.1; // of the value that is moved the furthest, in a search without memory
    private const double SmallestCosine = 1e-6; // of a step and its change, whatever the size of the loss
    private const double SufficientDecrease = 1e-4;
    private const double Shortening = 0.4;
    private const int MostTrials = 12;

    private readonly List<Tensor> _steps = [];
    private readonly List<Tensor> _changes = [];
    private Tensor? _lastGradient;
    private Tensor? _lastStep;
    private bool _isStuck;

    /// <summary>Whether each step is searched for along its direction until it lowers the loss.</summary>
    public bool HasLineSearch { get; init; }

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
            Remember(flat - _lastGradient, _lastStep!, SmallestCurvature);
        var step = Direction(flat) * length;
        parameter.add_(step.view(parameter.shape));
        Replace(ref _lastGradient, flat.clone());
        Replace(ref _lastStep, step);
    }

    /// <summary>
    /// Shortens the step until it lowers the loss by a part of what the gradient promises. Where the direction leads nowhere what was remembered is forgotten, and
    /// the gradient itself is the next; where that leads nowhere either, the values are as good as this precision can tell, and stay.
    /// </summary>
    /// <param name="current">What the values are worth where they are.</param>
    /// <param name="tryOut">What they are worth once they have been changed.</param>
    /// <param name="learningRate">The length of the first try, of which the search takes parts.</param>
    public override TEvaluation? Step<TEvaluation>(TEvaluation current, Func<TEvaluation> tryOut, double learningRate)
        where TEvaluation : class
    {
        if (!HasLineSearch)
            return base.Step(current, tryOut, learningRate);
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        while (!_isStuck)
        {
            if (Search(current, tryOut, learningRate) is { } better)
                return better;
            _isStuck = _steps.Count == 0;
            Forget();
        }
        return current;
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

    private TEvaluation? Search<TEvaluation>(TEvaluation current, Func<TEvaluation> tryOut, double length)
        where TEvaluation : Evaluation
    {
        var start = parameter.clone();
        var gradient = current.Gradient.flatten();
        var direction = Direction(gradient);
        var furthest = direction.abs().max().ToDouble();
        if (furthest == 0)
            return null;
        if (_steps.Count == 0)
            length *= FirstMove / furthest;
        var isBetter = false;
        try
        {
            for (var trial = 0; trial < MostTrials; trial++, length *= Shortening)
            {
                parameter.copy_(start.add(direction.view(start.shape), length));
                var found = tryOut();
                // What was tried may have been moved: what counts is where the values have come to.
                using var step = (parameter - start).flatten();
                var promised = Product(gradient, step);
                isBetter = promised < 0 && double.IsFinite(found.Loss) && found.Loss <= current.Loss + SufficientDecrease * promised;
                if (isBetter)
                {
                    var change = found.Gradient.flatten() - gradient;
                    Remember(change, step, SmallestCosine * Math.Sqrt(Product(change, change) * Product(step, step)));
                    return found;
                }
                found.Dispose();
            }
            return null;
        }
        finally
        {
            // Also where the user ended a try.
            if (!isBetter)
                parameter.copy_(start);
        }
    }

    /// <summary>A step whose curvature is not positive says nothing of a minimum and is left out.</summary>
    private void Remember(Tensor change, Tensor step, double smallest)
    {
        if (Product(change, step) <= smallest)
            return;
        if (_steps.Count == History)
        {
            _steps[0].Dispose();
            _changes[0].Dispose();
            _steps.RemoveAt(0);
            _changes.RemoveAt(0);
        }
        _steps.Add(Own(step));
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
