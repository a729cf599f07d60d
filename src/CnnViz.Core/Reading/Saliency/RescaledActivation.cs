using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>An activation whose way back is DeepLIFT's rescale rule: difference of output over difference of input, from the baseline.</summary>
/// <param name="Activation">The activation.</param>
/// <param name="ReferenceInput">What goes in for the baseline.</param>
/// <param name="ReferenceOutput">What comes out for the baseline.</param>
internal sealed record RescaledActivation(Activation Activation, Tensor ReferenceInput, Tensor ReferenceOutput) : Operation
{
    /// <summary>Inputs that are nearer to the baseline's count as the same: their quotient would be rounding, and the derivative stands for it.</summary>
    internal const double Nearest = 1e-6;

    /// <inheritdoc/>
    public override string Type => Activation.Type;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Activation.OutputShape(inputs);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var leaf = call.Input.detach().requires_grad_();
        var output = Activation.Apply(call.At(Type, leaf));
        var derivative = BackwardPass.Gradient(output.sum(), leaf);
        output = output.detach();
        var difference = leaf.detach() - ReferenceInput;
        var multiplier = where(difference.abs().lt(Nearest), derivative, (output - ReferenceOutput) / difference);
        // The activation's value, and the multiplier as its gradient.
        return output + (call.Input - call.Input.detach()) * multiplier;
    }
}
