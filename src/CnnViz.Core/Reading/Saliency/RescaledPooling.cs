using CnnViz.Networks;
using CnnViz.Networks.Operations;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// A max-pooling whose way back is DeepLIFT's rule as captum has it: of a window's difference from the baseline, what the picture rises above both maxima goes to the
/// picture's largest value and the rest to the baseline's, each divided by the difference of input there. A value that is the largest of several windows
/// gets the part of each.
/// </summary>
/// <param name="Pooling">The pooling.</param>
/// <param name="ReferenceInput">What goes in for the baseline.</param>
/// <param name="ReferenceOutput">What comes out for the baseline.</param>
internal sealed record RescaledPooling(MaxPooling Pooling, Tensor ReferenceInput, Tensor ReferenceOutput) : Operation
{
    /// <inheritdoc/>
    public override string Type => Pooling.Type;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Pooling.OutputShape(inputs);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var (output, places) = Pool(call.Input.detach());
        var (_, referencePlaces) = Pool(ReferenceInput);
        var difference = call.Input.detach() - ReferenceInput;
        var isNear = difference.abs().lt(RescaledActivation.Nearest);
        var change = call.Input - call.Input.detach();
        var scaled = change * where(isNear, zeros_like(difference), ones_like(difference) / difference);
        var largest = output.maximum(ReferenceOutput);
        // The pooling's value; the rest is zero and carries the gradient.
        return output
            + At(scaled, places) * (largest - ReferenceOutput)
            + At(scaled, referencePlaces) * (output - largest)
            + At(change * isNear.to(change.dtype), places);
    }

    private (Tensor Output, Tensor Places) Pool(Tensor input) => nn.functional.max_pool2d_with_indices(
        input, [Pooling.Size, Pooling.Size], [Pooling.Stride, Pooling.Stride], [Pooling.Padding, Pooling.Padding], ceil_mode: Pooling.CeilMode);

    /// <summary>The values at the places that a pooling found.</summary>
    private static Tensor At(Tensor values, Tensor places) => values.flatten(2).gather(2, places.flatten(2)).view(places.shape);
}
