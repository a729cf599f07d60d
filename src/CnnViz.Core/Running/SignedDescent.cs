using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>Every value takes a step of the same length against its gradient's sign, as the attacks under the largest magnitude do (Goodfellow et al. 2014).</summary>
/// <param name="parameter">What is optimised, in place.</param>
public sealed class SignedDescent(Tensor parameter) : Optimizer
{
    /// <inheritdoc/>
    public override void Step(Tensor gradient, double learningRate)
    {
        using var gradMode = no_grad();
        using var scope = NewDisposeScope();
        parameter.add_((WeightDecay == 0 ? gradient : gradient.add(parameter, WeightDecay)).sign(), -learningRate);
    }

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
