using static TorchSharp.torch;

namespace CnnViz.Attacks;

/// <summary>What <see cref="SquareAttack"/> proposes in a norm.</summary>
/// <param name="problem">What is to be solved.</param>
/// <param name="generator">The source of chance.</param>
internal abstract class SquareMoves(AttackProblem problem, Generator generator)
{
    /// <summary>The part of the picture that the first windows cover.</summary>
    public abstract double UsualShare { get; }

    protected AttackProblem Problem => problem;

    protected long Height => problem.Clean.shape[2];

    protected long Width => problem.Clean.shape[3];

    /// <summary>The pictures that it begins with.</summary>
    public abstract Tensor Start();

    /// <summary>The pictures with one random change each.</summary>
    /// <param name="best">The best so far, within ε; not changed.</param>
    /// <param name="share">The part of a picture that a window covers.</param>
    public abstract Tensor Next(Tensor best, double share);

    /// <summary>The side of a square window that covers a part of the picture.</summary>
    protected long SideOf(double share, long smallest) =>
        Math.Clamp((long)Math.Round(Math.Sqrt(share * Height * Width)), Math.Min(smallest, Math.Min(Height, Width)), Math.Min(Height, Width));

    /// <summary>1 or -1, evenly drawn.</summary>
    protected Tensor Signs(params ReadOnlySpan<long> shape) =>
        ((rand(shape.ToArray(), device: problem.Clean.device, generator: generator) * 2.0).floor() * 2.0 - 1.0).clamp(-1, 1);

    /// <summary>So many numbers in [0,1) for each picture.</summary>
    protected float[] Drawn(int count) => TensorTransfer.ToArray(rand([count, problem.Count], generator: generator));
}
