using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>The values that a synthesis changes, and how they become a picture.</summary>
public abstract class Parameterization : IDisposable
{
    /// <summary>The values that are optimised, in place.</summary>
    public abstract Tensor Values { get; }

    /// <summary>The batch of pictures that the values mean, <c>[N, C, H, W]</c>; gradients go through it to <see cref="Values"/>.</summary>
    public abstract Tensor Image();

    /// <summary>Brings the pictures to another size, for the next octave.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public abstract void Resize(int height, int width);

    /// <summary>Writes the values into a checkpoint.</summary>
    public virtual void Save(Checkpoint checkpoint) => checkpoint.Put("values", Values);

    /// <summary>Takes the values from a checkpoint of the same size.</summary>
    public virtual void Restore(Checkpoint checkpoint)
    {
        using var gradients = no_grad();
        Values.copy_(checkpoint.Tensor("values"));
    }

    /// <summary>Frees the values.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the values.</summary>
    protected abstract void Dispose(bool disposing);
}
