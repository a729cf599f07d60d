using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>Changes the pictures a little before the network sees them, another way at each step, so that they do not depend on exact positions.</summary>
public abstract record PictureTransform
{
    /// <summary>The changed batch; gradients go through it.</summary>
    /// <param name="image">The batch, <c>[N, C, H, W]</c>.</param>
    /// <param name="generator">The source of chance.</param>
    public abstract Tensor Apply(Tensor image, Generator generator);

    /// <summary>The largest size that a picture may have afterwards.</summary>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    public virtual (int Height, int Width) Largest(int height, int width) => (height, width);

    /// <summary>A whole number from 0 to below a bound.</summary>
    private protected static int Next(int bound, Generator generator)
    {
        using var scope = NewDisposeScope();
        return (int)(rand([1], generator: generator).item<float>() * bound);
    }
}
