using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>The optimisers that a synthesis can choose.</summary>
public enum SynthesisOptimizer
{
    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Gradient descent, with momentum where the recipe has it.</summary>
    Sgd,

    /// <summary>L-BFGS.</summary>
    Lbfgs,

    /// <summary>Steps of one length along the signs of the gradient.</summary>
    Signed,
}

/// <summary>Makes the optimisers.</summary>
public static class SynthesisOptimizers
{
    /// <summary>An optimiser of one tensor.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="parameter">What it changes, in place.</param>
    /// <param name="momentum">The momentum of <see cref="SynthesisOptimizer.Sgd"/>.</param>
    /// <param name="weightDecay">The pull towards 0.</param>
    public static Optimizer Create(this SynthesisOptimizer kind, Tensor parameter, double momentum = 0, double weightDecay = 0) => kind switch
    {
        SynthesisOptimizer.Sgd => new Sgd(parameter) { Momentum = momentum, WeightDecay = weightDecay },
        SynthesisOptimizer.Lbfgs => new LimitedMemoryBfgs(parameter) { WeightDecay = weightDecay },
        SynthesisOptimizer.Signed => new SignedDescent(parameter) { WeightDecay = weightDecay },
        _ => new Adam(parameter) { WeightDecay = weightDecay },
    };
}
