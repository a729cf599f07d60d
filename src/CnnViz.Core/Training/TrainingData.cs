using static TorchSharp.torch;

namespace CnnViz.Training;

/// <summary>Pictures of one size and their classes, in libtorch's memory as bytes.</summary>
public sealed class TrainingData : IDisposable
{
    /// <summary>Copies pictures over.</summary>
    /// <param name="pixels">All pixels, [N, C, H, W] in row-major order, 0 to 255.</param>
    /// <param name="classes">The class of each picture.</param>
    /// <param name="shape">The shape of a picture, <c>[C, H, W]</c>.</param>
    public TrainingData(byte[] pixels, int[] classes, int[] shape)
    {
        Count = classes.Length;
        Pixels = tensor(pixels, [Count, shape[0], shape[1], shape[2]]).DetachFromDisposeScope();
        Classes = tensor(Array.ConvertAll(classes, value => (long)value), [Count]).DetachFromDisposeScope();
    }

    /// <summary>The number of pictures.</summary>
    public int Count { get; }

    internal Tensor Pixels { get; }

    internal Tensor Classes { get; }

    /// <summary>Some pictures in [0,1] and their classes.</summary>
    /// <param name="order">The positions of all pictures in some order.</param>
    /// <param name="start">The first of them to take.</param>
    /// <param name="count">How many to take.</param>
    internal (Tensor Pixels, Tensor Classes) Batch(Tensor order, int start, int count)
    {
        var chosen = order.narrow(0, start, count);
        return (Pixels.index_select(0, chosen).to(ScalarType.Float32).div_(255), Classes.index_select(0, chosen));
    }

    /// <summary>Frees the pictures.</summary>
    public void Dispose()
    {
        Pixels.Dispose();
        Classes.Dispose();
    }
}
