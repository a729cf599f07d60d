using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>Changes a gradient before the optimiser sees it.</summary>
public abstract record GradientFilter
{
    /// <summary>The filtered gradient.</summary>
    /// <param name="gradient">The gradient of a batch, <c>[N, …]</c>.</param>
    public abstract Tensor Apply(Tensor gradient);
}
