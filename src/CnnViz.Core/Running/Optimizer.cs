using System.Globalization;
using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>Changes one tensor step by step against a gradient, with its whole state in the open.</summary>
public abstract class Optimizer : IDisposable
{
    /// <summary>The pull towards 0, as a part of the value; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>How many tensors of the parameter's size it keeps between steps.</summary>
    public virtual int StateCount => 0;

    /// <summary>One step against the gradient.</summary>
    /// <param name="gradient">The gradient, of the parameter's shape; it is not changed.</param>
    /// <param name="learningRate">The length of the step.</param>
    public abstract void Step(Tensor gradient, double learningRate);

    /// <summary>One step for which the optimiser may look at other places before it takes it.</summary>
    /// <param name="current">What the values are worth where they are; it stays the caller's.</param>
    /// <param name="tryOut">What they are worth once they have been changed; it may move them into the range that they are held in.</param>
    /// <param name="learningRate">The length of the step.</param>
    /// <returns>
    /// What they are worth now: the caller's, one of those that were tried or, where no place is better, <paramref name="current"/>. Null where nobody knows.
    /// </returns>
    public virtual TEvaluation? Step<TEvaluation>(TEvaluation current, Func<TEvaluation> tryOut, double learningRate)
        where TEvaluation : Evaluation
    {
        Step(current.Gradient, learningRate);
        return null;
    }

    /// <summary>Takes over what an optimiser of the same values at another size has learned; those to whom that says nothing begin anew.</summary>
    /// <param name="earlier">The optimiser of the other size.</param>
    /// <param name="resize">Brings a tensor of the other size to this one.</param>
    public virtual void Inherit(Optimizer earlier, Func<Tensor, Tensor> resize)
    {
    }

    /// <summary>Writes its state into a checkpoint.</summary>
    public abstract void Save(Checkpoint checkpoint);

    /// <summary>Takes its state from a checkpoint.</summary>
    public abstract void Restore(Checkpoint checkpoint);

    /// <summary>Frees its state.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees its state.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>A count as a checkpoint keeps it.</summary>
    private protected static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count that a checkpoint kept.</summary>
    private protected static int Count(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
