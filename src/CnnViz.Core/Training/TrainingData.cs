using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CnnViz.Training.Inputs;
using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>Inputs and their classes.</summary>
public sealed class TrainingData : IDisposable
{
    private readonly TrainingInputs _inputs;
    private readonly Tensor _classes;

    /// <summary>Takes the inputs over.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="classes">The class of each.</param>
    public TrainingData(TrainingInputs inputs, int[] classes)
    {
        _inputs = inputs;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<int>(classes)))[..16];
        _classes = tensor(Array.ConvertAll(classes, value => (long)value), [classes.Length]).DetachFromDisposeScope();
    }

    /// <summary>The number of pictures.</summary>
    public int Count => _inputs.Count;

    /// <summary>Of the classes in their order: what tells two datasets of one size apart.</summary>
    public string Fingerprint { get; }

    /// <summary>Some inputs, pixels in [0,1], and their classes.</summary>
    /// <param name="order">The positions of all pictures in some order.</param>
    /// <param name="start">The first of them to take.</param>
    /// <param name="count">How many to take.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal (Tensor Inputs, Tensor Classes) Batch(Tensor order, int start, int count, CancellationToken cancellation)
    {
        var chosen = order.narrow(0, start, count);
        return (ToNumbers(_inputs.Read(chosen, cancellation)), _classes.index_select(0, chosen));
    }

    /// <summary>Bytes as numbers in [0,1]; anything else as it is.</summary>
    internal static Tensor ToNumbers(Tensor inputs) => inputs.dtype == ScalarType.Byte ? inputs.to(ScalarType.Float32).div_(255) : inputs;

    /// <summary>Frees the inputs.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _classes.Dispose();
    }
}
