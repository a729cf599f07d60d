using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>A two-dimensional convolution (cross-correlation, as all of deep learning computes it).</summary>
/// <param name="InputChannels">Maps that come in.</param>
/// <param name="OutputChannels">Maps that go out.</param>
/// <param name="KernelSize">Height and width of the kernels.</param>
public sealed record Convolution(int InputChannels, int OutputChannels, Pair KernelSize) : Operation
{
    /// <inheritdoc/>
    public override string Type => "Conv2d";

    /// <summary>Pixels from one position to the next.</summary>
    public Pair Stride { get; init; } = 1;

    /// <summary>Zeros added on each side.</summary>
    public Pair Padding { get; init; }

    /// <summary>Groups of maps that are convolved apart; as many as maps come in for a depthwise convolution.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Whether each output map has a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Which input maps each output map is connected to, row by row as [output, input]; null for all of its group (LeNet-5's C3 has a table).</summary>
    public IReadOnlyList<bool>? Connections { get; init; }

    /// <summary>Computes with the channels of a pixel side by side in memory; what follows then does so too.</summary>
    public bool IsChannelsLast { get; init; }

    /// <summary>How the kernels start; null for PyTorch's default.</summary>
    public Initializer? Initial { get; init; }

    /// <inheritdoc/>
    public override Window? Window => Sliding;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters
    {
        get
        {
            var initial = Initial ?? Initializer.FanIn(GroupChannels * KernelSize.Product);
            List<ParameterSpec> parameters = [new("weight", [OutputChannels, GroupChannels, KernelSize.Vertical, KernelSize.Horizontal], initial)];
            if (HasBias)
                parameters.Add(new("bias", [OutputChannels], initial.OfBias));
            if (Connections is { } table)
            {
                var mask = table.Select(connected => connected ? 1f : 0f).ToArray();
                parameters.Add(new("connections", [OutputChannels, InputChannels, 1, 1], new Initializer.Values(mask), IsTrainable: false));
            }
            return parameters;
        }
    }

    private Window Sliding => new(KernelSize, Stride, Padding);

    private int GroupChannels => InputChannels / Groups;

    /// <inheritdoc/>
    public override SavedTensors Saved => new(Input: true, Output: false);

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0] is [var channels, _, _] && channels == InputChannels
        ? Slide(inputs[0], Sliding, OutputChannels)
        : throw Refuse(inputs[0], $"[{InputChannels}, H, W]");

    /// <inheritdoc/>
    public override long MultiplyAdds(int[] output)
    {
        var connected = Connections?.Count(connection => connection) ?? OutputChannels * GroupChannels;
        return (long)output[1] * output[2] * connected * KernelSize.Product;
    }

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call)
    {
        var weight = Connections is null ? call["weight"] : call["weight"] * call["connections"];
        // A permuted contiguous copy is how libtorch tells this layout.
        var input = IsChannelsLast ? call.Input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : call.Input;
        return nn.functional.conv2d(input, weight, HasBias ? call["bias"] : null, Stride.ToExtents(), Padding.ToExtents(), groups: Groups);
    }
}
