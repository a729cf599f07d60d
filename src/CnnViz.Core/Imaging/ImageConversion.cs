using System.Numerics;
using System.Runtime.InteropServices;

namespace CnnViz.Imaging;

/// <summary>Between the forms of a picture: decoded samples, tensors, grey and colour.</summary>
public static class ImageConversion
{
    /// <summary>How far a value may stand outside of [0,1] by rounding alone.</summary>
    private const float RangeTolerance = 1e-4f;

    /// <summary>The luma of ITU-R BT.601 (Pillow's mode L): 0.299 R + 0.587 G + 0.114 B. A grey picture comes back as it is.</summary>
    public static CnnImage ToGrey(CnnImage image)
    {
        if (image.ChannelCount == 1)
            return image;
        var plane = image.Height * image.Width;
        var grey = new float[plane];
        for (var index = 0; index < plane; index++)
            grey[index] = image.ColorAt(index).Luma;
        return image.With(grey, 1, image.Height, image.Width);
    }

    /// <summary>Three equal channels. A colour picture comes back as it is.</summary>
    public static CnnImage ToRgb(CnnImage image) =>
        image.ChannelCount == 3 ? image : image.With([.. image.Data, .. image.Data, .. image.Data], 3, image.Height, image.Width);

    /// <summary>
    /// A tensor as a picture: HW, CHW or NCHW of one image, 1 or 3 channels, or HWC where only that fits; its values must lie in [0,1].
    /// </summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="white">The value that means white: 1, or 255 for bytes.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: it has no picture's shape; <c>ImageUnreadable</c>: values outside of the range.</exception>
    public static CnnImage ToImage(CnnTensor tensor, string name, float white = 1)
    {
        if (tensor is CnnImage image)
            return image;
        var shape = tensor.Shape is [1, _, _, _] ? tensor.Shape[1..] : tensor.Shape;
        var data = (float[])tensor.Data.Clone();
        int[] picture = shape switch
        {
            [var height, var width] => [1, height, width],
            [1 or 3, _, _] => shape,
            [var height, var width, (1 or 3) and var channels] => [channels, height, width],
            _ => throw Errors.ShapeMismatch($"'{name}'", tensor.Shape, "a picture's H,W or C,H,W with 1 or 3 channels"),
        };
        if (shape is [not (1 or 3), _, _])
            Deinterleave(tensor.Data, data, picture[0]);
        for (var index = 0; index < data.Length; index++)
        {
            var value = data[index] / white;
            if (!(value >= -RangeTolerance && value <= 1 + RangeTolerance))
                throw Errors.ImageUnreadable(name, $"It holds the value {data[index]}; a picture's values lie between 0 and {white}.");
            data[index] = Math.Clamp(value, 0, 1);
        }
        return new CnnImage(data, picture[0], picture[1], picture[2]) { Source = name };
    }

    /// <summary>Decoded samples as an image in [0,1]: v/255 or v/65535, transparency laid on the background.</summary>
    /// <param name="raw">The samples, grey or RGB, with or without alpha.</param>
    /// <param name="background">The colour behind transparent pixels.</param>
    /// <param name="name">The source of the image.</param>
    internal static CnnImage ToImage(RawImage raw, Rgb background, string name)
    {
        var data = raw.BitDepth == 8
            ? ToPlanes<byte>(raw.Samples, raw.ChannelCount, background)
            : ToPlanes(MemoryMarshal.Cast<byte, ushort>(raw.Samples), raw.ChannelCount, background);
        return new CnnImage(data, raw.ChannelCount >= 3 ? 3 : 1, raw.Height, raw.Width)
        {
            Source = name,
            IsNetworkInput = ImageMetadata.IsNetworkInput(raw.Text),
            Recipe = ImageMetadata.RecipeOf(raw.Text),
        };
    }

    /// <summary>A picture's samples in 8 bits: round(255·v), halves away from zero, of v clamped to [0,1]; NaN becomes 0.</summary>
    internal static RawImage ToRaw(CnnImage image)
    {
        var plane = image.Height * image.Width;
        var samples = new byte[image.Count];
        for (var channel = 0; channel < image.ChannelCount; channel++)
        {
            var values = image.Data.AsSpan(channel * plane, plane);
            for (var index = 0; index < plane; index++)
                samples[(index * image.ChannelCount) + channel] = ToByte(values[index]);
        }
        return new RawImage(image.Width, image.Height, image.ChannelCount, 8, samples, ImageMetadata.Of(image));
    }

    /// <summary>round(255·v), halves away from zero, of v clamped to [0,1]; NaN becomes 0.</summary>
    public static byte ToByte(float value) => value > 0 ? (byte)MathF.Round(Math.Min(value, 1) * 255, MidpointRounding.AwayFromZero) : (byte)0;

    private static void Deinterleave(float[] interleaved, float[] planes, int channels)
    {
        var plane = planes.Length / channels;
        for (var index = 0; index < planes.Length; index++)
            planes[index] = interleaved[(index % plane * channels) + (index / plane)];
    }

    /// <summary>
    /// Interleaved samples as planes of [0,1]; alpha, the last of 2 or 4 channels, is laid on the background.
    /// </summary>
    private static float[] ToPlanes<T>(ReadOnlySpan<T> samples, int channels, Rgb background)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        float white = int.CreateTruncating(T.MaxValue);
        float[] units = [.. Enumerable.Range(0, (int)white + 1).Select(level => level / white)];
        var colors = channels >= 3 ? 3 : 1;
        var plane = samples.Length / channels;
        var planes = new float[plane * colors];
        for (var channel = 0; channel < colors; channel++)
        {
            var behind = colors == 1 ? background.Luma : background[channel];
            var values = planes.AsSpan(channel * plane, plane);
            for (var (index, sample) = (0, 0); index < values.Length; index++, sample += channels)
            {
                var value = units[int.CreateTruncating(samples[sample + channel])];
                var alpha = channels == colors ? 1 : units[int.CreateTruncating(samples[sample + colors])];
                values[index] = (value * alpha) + (behind * (1 - alpha));
            }
        }
        return planes;
    }
}
