using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>What the values of an optimisation are worth where they are.</summary>
/// <param name="loss">What an optimiser lowers.</param>
/// <param name="gradient">Its gradient, of the parameter's shape; the evaluation's from here on.</param>
public abstract class Evaluation(double loss, Tensor gradient) : IDisposable
{
    /// <summary>What an optimiser lowers.</summary>
    public double Loss => loss;

    /// <summary>Its gradient, of the parameter's shape.</summary>
    public Tensor Gradient { get; } = gradient.DetachFromDisposeScope();

    /// <summary>Frees the gradient.</summary>
    public void Dispose()
    {
        Gradient.Dispose();
        GC.SuppressFinalize(this);
    }
}
