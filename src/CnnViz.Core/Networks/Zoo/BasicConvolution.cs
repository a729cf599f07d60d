using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>What both Inception networks are made of: a convolution without bias, batch normalisation, ReLU.</summary>
internal static class BasicConvolution
{
    private const double Epsilon = 1e-3;

    /// <summary>Adds the three nodes <c>conv</c>, <c>bn</c> and <c>relu</c> behind a given one.</summary>
    /// <returns>The position of the last.</returns>
    public static int AddBasicConvolution(this NetworkBuilder builder, string name, int input, Convolution convolution) => builder
        .Add($"{name}.conv", convolution with { HasBias = false }, input)
        .Add($"{name}.bn", new BatchNormalization(convolution.OutputChannels, Epsilon))
        .Add($"{name}.relu", new Activation(ActivationFunction.Relu)).Last;
}
