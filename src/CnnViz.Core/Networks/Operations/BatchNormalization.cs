using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>Batch normalisation of each map (Ioffe and Szegedy 2015): by the batch while training, by the running statistics otherwise.</summary>
/// <param name="Channels">The maps.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Momentum">The weight of a new batch in the running statistics.</param>
public sealed record BatchNormalization(int Channels, double Epsilon = 1e-5, double Momentum = 0.1) : Operation
{
    /// <inheritdoc/>
    public override string Type => "BatchNorm2d";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Channels], Initializer.Ones),
        new("bias", [Channels], Initializer.Zeros),
        new("running_mean", [Channels], Initializer.Zeros, IsTrainable: false),
        new("running_var", [Channels], Initializer.Ones, IsTrainable: false),
        new("num_batches_tracked", [], Initializer.Zeros, IsTrainable: false, ScalarType.Int64),
    ];

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) =>
        inputs[0] is [var channels, _, _] && channels == Channels ? inputs[0] : throw Refuse(inputs[0], $"[{Channels}, H, W]");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output) => output.Aggregate(1L, (product, extent) => product * extent);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        if (call.Training)
            call["num_batches_tracked"].add_(1);
        return nn.functional.batch_norm(
            call.Input, call["running_mean"], call["running_var"], call["weight"], call["bias"], call.Training, Momentum, Epsilon);
    }
}
