using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>How the gradient of an objective finds its way through a network to the values of a synthesis.</summary>
internal abstract class PictureGradient
{
    /// <summary>The gradient of the sum of the pictures' objectives.</summary>
    /// <param name="values">What it is taken with respect to; <paramref name="image"/> is made of them.</param>
    /// <param name="image">The pictures, before transforms; what objectives of the picture itself look at.</param>
    /// <param name="input">The network's input that was made of them, normalised.</param>
    /// <param name="objective">What is asked.</param>
    /// <param name="scores">The objective of each picture.</param>
    /// <param name="cancellation">Checked between parts.</param>
    public abstract Tensor Of(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores, CancellationToken cancellation);

    /// <summary>What an objective is computed from, without a way back.</summary>
    /// <param name="input">The network's input, normalised.</param>
    /// <param name="objective">What is asked.</param>
    /// <param name="cancellation">Checked between parts.</param>
    public abstract ObjectiveInputs Look(Tensor input, Objective objective, CancellationToken cancellation);
}
