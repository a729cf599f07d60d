using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>A two-dimensional convolution (cross-correlation, as all of deep learning computes it).</summary>
/// <param name="InputChannels">Maps that come in.</param>
/// <param name="OutputChannels">Maps that go out.</param>
/// <param name="KernelSize">The side of the square kernels.</param>
/// <param name="Stride">Pixels from one position to the next.</param>
/// <param name="Padding">Zeros added on each side.</param>
/// <param name="HasBias">Whether each output map has a bias.</param>
public sealed record Convolution(int InputChannels, int OutputChannels, int KernelSize, int Stride = 1, int Padding = 0, bool HasBias = true) : Operation
{
    /// <inheritdoc/>
    public override string Type => "Conv2d";

    /// <inheritdoc/>
    public override Window? Window => new Window(KernelSize, Stride, Padding);

    /// <summary>Which input maps each output map is connected to, row by row as [output, input]; null for all with all (LeNet-5's C3 has a table).</summary>
    public IReadOnlyList<bool>? Connections { get; init; }

    /// <summary>Computes with the channels of a pixel side by side in memory; what follows then does so too.</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>How the kernels start; null for PyTorch's default.</summary>
    public Initializer? Initial { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters
    {
        get
        {
            var initial = Initial ?? Initializer.FanIn(FanIn);
            List<ParameterSpec> parameters = [new("weight", [OutputChannels, InputChannels, KernelSize, KernelSize], initial)];
            if (HasBias)
                parameters.Add(new("bias", [OutputChannels], initial is Initializer.Values ? Initializer.Zeros : initial));
            if (Connections is { } table)
            {
                var mask = table.Select(connected => connected ? 1f : 0f).ToArray();
                parameters.Add(new("connections", [OutputChannels, InputChannels, 1, 1], new Initializer.Values(mask), IsTrainable: false));
            }
            return parameters;
        }
    }

    private int FanIn => InputChannels * KernelSize * KernelSize;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs)
    {
        var shape = inputs[0];
        var window = Window!.Value;
        return shape is [var channels, var height, var width] && channels == InputChannels && window.Positions(height) > 0 && window.Positions(width) > 0
            ? [OutputChannels, window.Positions(height), window.Positions(width)]
            : throw Refuse(shape, $"[{InputChannels}, H, W] with H and W of at least {KernelSize - 2 * Padding}");
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output)
    {
        var connected = Connections?.Count(connection => connection) ?? OutputChannels * InputChannels;
        return (long)output[1] * output[2] * connected * KernelSize * KernelSize;
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var weight = Connections is null ? call["weight"] : call["weight"] * call["connections"];
        // A permuted contiguous copy is how libtorch tells this layout.
        var input = IsChannelsLast ? call.Input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : call.Input;
        return nn.functional.conv2d(input, weight, HasBias ? call["bias"] : null, [Stride, Stride], [Padding, Padding]);
    }
}
