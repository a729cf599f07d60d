using System.Globalization;
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

    /// <summary>Whether the network takes the channels in the order blue, green, red; mean and deviation are in that of the picture all the same.</summary>
    public bool IsBgr { get; init; }

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

    /// <summary>The same pixels in the numbers that networks trained with Caffe take, as the VGG of Gatys et al.: blue, green, red from 0 to 255 around the mean of ImageNet.</summary>
    public Preprocessing ToCaffe() => this with { Mean = [123.68f / 255, 116.779f / 255, 103.939f / 255], Deviation = [1f / 255, 1f / 255, 1f / 255], IsBgr = true };

    /// <summary>A network of CIFAR-10's pictures: 32×32, by the mean and deviation of that set.</summary>
    public static Preprocessing Cifar10() => new()
    {
        Height = 32,
        Width = 32,
        Mean = [0.4914f, 0.4822f, 0.4465f],
        Deviation = [0.2470f, 0.2435f, 0.2616f],
    };

    /// <summary>Subtracts the mean and divides by the deviation, and brings the channels into the network's order.</summary>
    /// <param name="pixels">A batch in [0,1], <c>[N, C, H, W]</c>.</param>
    public Tensor Normalize(Tensor pixels)
    {
        if (IsNone)
            return pixels.alias();
        using var scope = NewDisposeScope();
        var normalized = (pixels - PerChannel(Mean, pixels)) / PerChannel(Deviation, pixels);
        return (IsBgr ? normalized.flip(1) : normalized).MoveToOuterDisposeScope();
    }

    /// <summary>The pixels, in [0,1], of what the network takes.</summary>
    /// <param name="normalized">What <see cref="Normalize"/> gave for one picture.</param>
    internal float[] ToPixels(CnnImage normalized)
    {
        var plane = normalized.Height * normalized.Width;
        return [.. Enumerable.Range(0, normalized.Count).Select(i =>
        {
            var channel = i / plane;
            var own = IsBgr ? ChannelCount - 1 - channel : channel;
            return Math.Clamp(normalized.Data[own * plane + i % plane] * Deviation[channel] + Mean[channel], 0, 1);
        })];
    }

    /// <summary>The pixels that a normalised batch came from.</summary>
    /// <param name="input">A batch as <see cref="Normalize"/> gives it, <c>[N, C, H, W]</c>.</param>
    public Tensor Denormalize(Tensor input)
    {
        if (IsNone)
            return input.alias();
        using var scope = NewDisposeScope();
        var ordered = IsBgr ? input.flip(1) : input;
        return (ordered * PerChannel(Deviation, input) + PerChannel(Mean, input)).MoveToOuterDisposeScope();
    }

    /// <summary>What it does to pixels, as a text that tells it from others: mean, deviation, and the order of the channels.</summary>
    internal string Normalization => $"{Text(Mean)} / {Text(Deviation)}{(IsBgr ? " BGR" : "")}";

    private bool IsNone => !IsBgr && Mean.All(value => value == 0) && Deviation.All(value => value == 1);

    /// <summary>True where pictures come out of both with the same pixels, before they are normalised.</summary>
    internal bool GivesSamePixelsAs(Preprocessing other) =>
        (Height, Width, ShorterSide, ChannelCount) == (other.Height, other.Width, other.ShorterSide, other.ChannelCount);

    private static string Text(IReadOnlyList<float> values) => string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static Tensor PerChannel(IReadOnlyList<float> values, Tensor like) =>
        TensorTransfer.ToNative([.. values], [1, values.Count, 1, 1], like.device);
}
