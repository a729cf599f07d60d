using static TorchSharp.torch;

namespace CnnViz;

/// <summary>How a picture becomes a network's input: size, and the mean and deviation of each channel, in the picture's [0,1].</summary>
public sealed record Preprocessing
{
    /// <summary>Rows of the input.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the input.</summary>
    public required int Width { get; init; }

    /// <summary>The shorter side is brought to this before the centre is cut out; null to bring the whole picture to height and width.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>Subtracted from each channel.</summary>
    public required IReadOnlyList<float> Mean { get; init => field = value.ToArray(); }

    /// <summary>Each channel is divided by this afterwards.</summary>
    public required IReadOnlyList<float> Deviation { get; init => field = value.ToArray(); }

    /// <summary>1 for a network of grey pictures, 3 for one of RGB.</summary>
    public int ChannelCount => Mean.Count;

    /// <summary>A network that takes pixels as they are.</summary>
    public static Preprocessing None(int channels, int height, int width) => new()
    {
        Height = height,
        Width = width,
        Mean = [.. Enumerable.Repeat(0f, channels)],
        Deviation = [.. Enumerable.Repeat(1f, channels)],
    };

    /// <summary>As torchvision's networks for ImageNet take pictures: RGB, by the mean and deviation of that set.</summary>
    /// <param name="size">The side of the square that is cut out.</param>
    /// <param name="shorterSide">What the shorter side is brought to before; null to bring the whole picture to the square.</param>
    public static Preprocessing ImageNet(int size = 224, int? shorterSide = 256) => new()
    {
        Height = size,
        Width = size,
        ShorterSide = shorterSide,
        Mean = [0.485f, 0.456f, 0.406f],
        Deviation = [0.229f, 0.224f, 0.225f],
    };

    /// <summary>A network of CIFAR-10's pictures: 32×32, by the mean and deviation of that set.</summary>
    public static Preprocessing Cifar10() => new()
    {
        Height = 32,
        Width = 32,
        Mean = [0.4914f, 0.4822f, 0.4465f],
        Deviation = [0.2470f, 0.2435f, 0.2616f],
    };

    /// <summary>Subtracts the mean and divides by the deviation.</summary>
    /// <param name="pixels">A batch in [0,1], <c>[N, C, H, W]</c>.</param>
    public Tensor Normalize(Tensor pixels)
    {
        if (IsNone)
            return pixels.alias();
        using var scope = NewDisposeScope();
        return ((pixels - PerChannel(Mean, pixels)) / PerChannel(Deviation, pixels)).MoveToOuterDisposeScope();
    }

    /// <summary>The pixels that a normalised batch came from.</summary>
    /// <param name="input">A batch as <see cref="Normalize"/> gives it, <c>[N, C, H, W]</c>.</param>
    public Tensor Denormalize(Tensor input)
    {
        if (IsNone)
            return input.alias();
        using var scope = NewDisposeScope();
        return (input * PerChannel(Deviation, input) + PerChannel(Mean, input)).MoveToOuterDisposeScope();
    }

    private bool IsNone => Mean.All(value => value == 0) && Deviation.All(value => value == 1);

    /// <summary>True where pictures come out of both with the same pixels, before they are normalised.</summary>
    internal bool GivesSamePixelsAs(Preprocessing other) =>
        (Height, Width, ShorterSide, ChannelCount) == (other.Height, other.Width, other.ShorterSide, other.ChannelCount);

    private static Tensor PerChannel(IReadOnlyList<float> values, Tensor like) => tensor([.. values], [1, values.Count, 1, 1], device: like.device);
}
