using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>While training, each value is dropped with a probability and the others are scaled up; otherwise nothing (Srivastava et al. 2014).</summary>
/// <param name="Probability">The probability of being dropped, in [0, 1).</param>
public sealed record Dropout(double Probability) : Operation
{
    /// <inheritdoc/>
    public override string Type => "Dropout";

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: false, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        if (!call.Training || Probability == 0)
            return call.Input.alias();
        // From a generator of its own, so that a seeded run repeats; ge_ on numbers is vectorised where bernoulli_ and ge are not.
        var kept = rand(call.Input.shape, generator: call.Generator).ge_(Probability).mul_(1 / (1 - Probability));
        return call.Input * kept.to(call.Input.device);
    }
}
