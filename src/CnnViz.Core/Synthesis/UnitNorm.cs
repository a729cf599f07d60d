using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>What a gradient is divided by.</summary>
public enum GradientNorm
{
    /// <summary>The mean of its magnitudes (Google's DeepDream).</summary>
    Mean,

    /// <summary>Its standard deviation (TensorFlow's DeepDream).</summary>
    Deviation,

    /// <summary>The root of the mean of its squares (Keras).</summary>
    RootMeanSquare,

    /// <summary>The root of the sum of its squares.</summary>
    L2,
}

/// <summary>Gradients of all pictures get the same size, each by its own norm.</summary>
/// <param name="Norm">What they are divided by.</param>
public sealed record UnitNorm(GradientNorm Norm = GradientNorm.Mean) : GradientFilter
{
    private const double Tiny = 1e-20; // gradients of a mean over many positions are small themselves

    /// <inheritdoc/>
    public override Tensor Apply(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var rows = gradient.flatten(1);
        var norm = Norm switch
        {
            GradientNorm.Deviation => rows.std([1], keepdim: true),
            GradientNorm.RootMeanSquare => rows.square().mean([1], keepdim: true).sqrt(),
            GradientNorm.L2 => rows.square().sum([1], keepdim: true).sqrt(),
            _ => rows.abs().mean([1], keepdim: true),
        };
        return (rows / (norm + Tiny)).view(gradient.shape).MoveToOuterDisposeScope();
    }
}
