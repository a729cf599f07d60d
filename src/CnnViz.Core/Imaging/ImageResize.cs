using System.Numerics;

namespace CnnViz.Imaging;

/// <summary>Resizes and crops pictures and maps; float32 throughout, with no rounding between the passes unless it is asked for.</summary>
public static class ImageResize
{
    /// <summary>Resizes to height × width. A picture's values are clamped to [0,1], where bicubic overshoots.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    /// <param name="interpolation">How pixels are weighted.</param>
    /// <param name="inLevels">True to resize a picture of 8 bits in 8 bits, exactly as Pillow and so torchvision do.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a size below 1.</exception>
    public static CnnImage Resize(CnnImage image, int height, int width, Interpolation interpolation = Interpolation.Bilinear, bool inLevels = false)
    {
        if (inLevels && ByteResize.TryResize(image, height, width, interpolation) is { } resized)
            return resized;
        var data = ResizePlanes(image.Data, image.Height, image.Width, height, width, interpolation);
        if (interpolation == Interpolation.Bicubic)
        {
            for (var index = 0; index < data.Length; index++)
                data[index] = Math.Clamp(data[index], 0, 1);
        }
        return image.With(data, image.ChannelCount, height, width);
    }

    /// <summary>Resizes the last two dimensions (H, W) of a tensor; values of any range.</summary>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: fewer than two dimensions; <c>ArgumentInvalid</c>: a size below 1.</exception>
    public static CnnTensor Resize(CnnTensor tensor, int height, int width, Interpolation interpolation = Interpolation.Bilinear)
    {
        if (tensor.Shape.Length < 2)
            throw Errors.ShapeMismatch("The tensor to resize", tensor.Shape, "at least H,W");
        var data = ResizePlanes(tensor.Data, tensor.Shape[^2], tensor.Shape[^1], height, width, interpolation);
        return new CnnTensor(data, [.. tensor.Shape[..^2], height, width], tensor.Layout);
    }

    /// <summary>Resizes so that the shorter side has the given length: torchvision's Resize(size), the longer side cut to whole pixels.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="size">The shorter side afterwards.</param>
    /// <param name="interpolation">How pixels are weighted.</param>
    /// <param name="inLevels">True to resize a picture of 8 bits in 8 bits, exactly as Pillow and so torchvision do.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a size below 1.</exception>
    public static CnnImage ResizeShorterSide(CnnImage image, int size, Interpolation interpolation = Interpolation.Bilinear, bool inLevels = false)
    {
        var (height, width) = SizeOfShorterSide(image.Height, image.Width, size);
        return (height, width) == (image.Height, image.Width) ? image : Resize(image, height, width, interpolation, inLevels);
    }

    /// <summary>
    /// The middle height × width pixels, as torchvision's CenterCrop: where (extent − size) is odd, half is rounded to even.
    /// What a smaller picture lacks is black.
    /// </summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a size below 1.</exception>
    public static CnnImage CenterCrop(CnnImage image, int height, int width)
    {
        var (padY, padX) = (Math.Max(height - image.Height, 0), Math.Max(width - image.Width, 0));
        var padded = padY + padX == 0 ? image : Pad(image, padX / 2, padY / 2, padX - (padX / 2), padY - (padY / 2));
        return Crop(padded, StartOfMiddle(padded.Width, width), StartOfMiddle(padded.Height, height), width, height);
    }

    /// <summary>The size of a picture whose shorter side is brought to a length.</summary>
    internal static (int Height, int Width) SizeOfShorterSide(int height, int width, int size) => height <= width
        ? (size, (int)((long)size * width / height))
        : ((int)((long)size * height / width), size);

    /// <summary>The first pixel of the middle; below 0 where there are fewer than it is to have.</summary>
    internal static int StartOfMiddle(int extent, int size) => extent < size ? -((size - extent) / 2) : (int)Math.Round((extent - size) / 2.0);

    /// <summary>A rectangle of the picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="left">The first column.</param>
    /// <param name="top">The first row.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: it does not lie within the picture.</exception>
    public static CnnImage Crop(CnnImage image, int left, int top, int width, int height)
    {
        if (left < 0 || top < 0 || width < 1 || height < 1 || left > image.Width - width || top > image.Height - height)
        {
            throw Errors.ArgumentInvalid("The rectangle", $"{width}×{height} at {left},{top}",
                $"at least 1×1 within {image.Width}×{image.Height} pixels");
        }
        var data = new float[image.ChannelCount * height * width];
        for (var row = 0; row < image.ChannelCount * height; row++)
        {
            var source = (((row / height * image.Height) + top + (row % height)) * image.Width) + left;
            image.Data.AsSpan(source, width).CopyTo(data.AsSpan(row * width));
        }
        return image.With(data, image.ChannelCount, height, width);
    }

    /// <summary>The picture with a margin of one value, black unless told.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a negative margin.</exception>
    public static CnnImage Pad(CnnImage image, int left, int top, int right, int bottom, float value = 0)
    {
        if (left < 0 || top < 0 || right < 0 || bottom < 0)
            throw Errors.ArgumentInvalid("The margin", $"{left},{top},{right},{bottom}", "no side below 0");
        var (height, width) = (image.Height + top + bottom, image.Width + left + right);
        var data = new float[image.ChannelCount * height * width];
        Array.Fill(data, value);
        for (var row = 0; row < image.ChannelCount * image.Height; row++)
        {
            var target = (((row / image.Height * height) + top + (row % image.Height)) * width) + left;
            image.Data.AsSpan(row * image.Width, image.Width).CopyTo(data.AsSpan(target));
        }
        return image.With(data, image.ChannelCount, height, width);
    }

    /// <summary>The picture mirrored, left for right.</summary>
    public static CnnImage FlipHorizontally(CnnImage image)
    {
        var data = (float[])image.Data.Clone();
        for (var row = 0; row < data.Length; row += image.Width)
            data.AsSpan(row, image.Width).Reverse();
        return image.With(data, image.ChannelCount, image.Height, image.Width);
    }

    /// <summary>Rows first: that product runs along whole rows, and shrinking leaves less for the columns.</summary>
    private static float[] ResizePlanes(float[] data, int height, int width, int newHeight, int newWidth, Interpolation interpolation)
    {
        var rows = new ResizeWeights(height, newHeight, interpolation);
        var columns = new ResizeWeights(width, newWidth, interpolation);
        var planes = data.Length / (height * width);
        var result = new float[checked(planes * newHeight * newWidth)];
        Parallel.For(0, planes * newHeight, () => new float[width], (row, _, sum) =>
        {
            var (plane, output) = Math.DivRem(row, newHeight);
            var weights = rows.Row(output);
            Array.Clear(sum);
            for (var tap = 0; tap < weights.Length; tap++)
                AddScaled(data.AsSpan((((plane * height) + rows.Start[output] + tap) * width), width), weights[tap], sum);
            var target = result.AsSpan(row * newWidth, newWidth);
            for (var column = 0; column < newWidth; column++)
                target[column] = Dot(sum.AsSpan(columns.Start[column], columns.Length), columns.Row(column));
            return sum;
        }, _ => { });
        return result;
    }

    private static void AddScaled(ReadOnlySpan<float> values, float weight, Span<float> sum)
    {
        if (weight == 0)
            return;
        var index = 0;
        for (; index <= values.Length - Vector<float>.Count; index += Vector<float>.Count)
            (new Vector<float>(sum[index..]) + (new Vector<float>(values[index..]) * weight)).CopyTo(sum[index..]);
        for (; index < values.Length; index++)
            sum[index] += values[index] * weight;
    }

    private static float Dot(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        var (sums, index) = (Vector<float>.Zero, 0);
        for (; index <= values.Length - Vector<float>.Count; index += Vector<float>.Count)
            sums += new Vector<float>(values[index..]) * new Vector<float>(weights[index..]);
        var sum = Vector.Sum(sums);
        for (; index < values.Length; index++)
            sum += values[index] * weights[index];
        return sum;
    }
}
