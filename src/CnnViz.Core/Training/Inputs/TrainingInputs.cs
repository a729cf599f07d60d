using static TorchSharp.torch;

namespace CnnViz.Training.Inputs;

/// <summary>What a network is trained on, a tensor a picture: pixels as bytes, or what a frozen part makes of them. Read a few at a time.</summary>
public abstract class TrainingInputs : IDisposable
{
    /// <summary>The number of pictures.</summary>
    public abstract int Count { get; }

    /// <summary>The shape of one input, <c>[C, H, W]</c> or <c>[F]</c>.</summary>
    public abstract IReadOnlyList<int> Shape { get; }

    /// <summary>Byte for pixels 0 to 255, float32 for anything else.</summary>
    public abstract ScalarType DataType { get; }

    /// <summary>The memory that all of them take.</summary>
    public long TotalBytes => Shape.Aggregate((long)Count * (DataType == ScalarType.Byte ? 1 : sizeof(float)), (product, extent) => product * extent);

    /// <summary>Some of them, a new tensor on the processor, <c>[N, …]</c>.</summary>
    /// <param name="positions">Which, an int64 vector on the processor.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract Tensor Read(Tensor positions, CancellationToken cancellation);

    /// <summary>Frees what they hold.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what they hold.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>The values of a vector of positions.</summary>
    private protected static long[] ToArray(Tensor positions)
    {
        using var ordered = positions.contiguous();
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(ordered.bytes).ToArray();
    }
}
