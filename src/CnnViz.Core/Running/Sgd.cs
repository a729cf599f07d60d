using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>
/// Stochastic gradient descent over one tensor, with momentum as PyTorch has it (v ← µ·v + g, θ ← θ − η·v) and Nesterov's look ahead
/// (Sutskever et al. 2013).
/// </summary>
/// <param name="parameter">What is optimised, in place.</param>
public sealed class Sgd(Tensor parameter) : Optimizer
{
    private readonly Tensor _velocity = zeros_like(parameter).DetachFromDisposeScope();

    /// <summary>The part of the velocity that is kept from step to step, in [0, 1); 0 for none.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the gradient is weighed as if the momentum had been followed already.</summary>
    public bool IsNesterov { get; init; }

    /// <inheritdoc/>
    public override int StateCount => 1;

    /// <inheritdoc/>
    public override void Step(Tensor gradient, double learningRate)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        if (WeightDecay != 0)
            gradient = gradient.add(parameter, WeightDecay);
        if (Momentum == 0)
        {
            parameter.add_(gradient, -learningRate);
            return;
        }
        _velocity.mul_(Momentum).add_(gradient);
        var direction = IsNesterov ? gradient.add(_velocity, Momentum) : _velocity;
        parameter.add_(direction, -learningRate);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint) => checkpoint.Put("sgd.velocity", _velocity);

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        _velocity.copy_(checkpoint.Tensor("sgd.velocity"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _velocity.Dispose();
    }
}
