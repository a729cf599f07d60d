using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>The functions an <see cref="Activation"/> applies.</summary>
public enum ActivationFunction
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>max(0, x), at most 6.</summary>
    Relu6,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>1.7159 · tanh(2x/3), LeCun's squashing function (1998, appendix A).</summary>
    ScaledTanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,

    /// <summary>x above 0, eˣ − 1 below.</summary>
    Elu,
}

/// <summary>A function of every value by itself.</summary>
/// <param name="Function">The function.</param>
public sealed record Activation(ActivationFunction Function) : Operation
{
    /// <summary>The amplitude of <see cref="ActivationFunction.ScaledTanh"/>.</summary>
    public const double Amplitude = 1.7159;

    /// <inheritdoc/>
    public override string Type => Function switch
    {
        ActivationFunction.Relu => "ReLU",
        ActivationFunction.Relu6 => "ReLU6",
        ActivationFunction.Elu => "ELU",
        _ => Function.ToString(),
    };

    /// <inheritdoc/>
    public override bool IsMonotone => true;

    /// <inheritdoc/>
    public override SavedTensors Saved =>
        Function is ActivationFunction.Relu or ActivationFunction.Tanh or ActivationFunction.Sigmoid ? new(Input: false, Output: true) : base.Saved;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => Function switch
    {
        ActivationFunction.Relu => call.Input.relu(),
        ActivationFunction.Relu6 => call.Input.relu6(),
        ActivationFunction.Tanh => call.Input.tanh(),
        ActivationFunction.ScaledTanh => (call.Input * (2.0 / 3.0)).tanh() * Amplitude,
        ActivationFunction.Sigmoid => call.Input.sigmoid(),
        ActivationFunction.Elu => nn.functional.elu(call.Input, 1.0),
        _ => throw new InvalidOperationException($"Activation {Function} is unknown."),
    };
}
