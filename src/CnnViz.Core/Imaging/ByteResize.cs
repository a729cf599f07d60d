namespace CnnViz.Imaging;

/// <summary>
/// Resizes pictures of 8 bits as Pillow does, bit for bit, and with it torchvision's Resize: with weights in fixed point, across first and then down,
/// rounded to whole levels after each pass. A network can tell that rounding.
/// </summary>
internal static class ByteResize
{
    private const float White = 255;
    private const float LevelTolerance = 1e-3f;
    private const int Half = 1 << (ResizeWeights.FixedPointBits - 1);

    /// <summary>The resized picture; null where a value is none of the 256 levels.</summary>
    public static CnnImage? TryResize(CnnImage image, int height, int width, Interpolation interpolation)
    {
        if (TryGetLevels(image.Data) is not { } levels)
            return null;
        if (width != image.Width)
            levels = Across(levels, image.Width, new ResizeWeights(image.Width, width, interpolation));
        if (height != image.Height)
            levels = Down(levels, image.ChannelCount, width, new ResizeWeights(image.Height, height, interpolation));
        return image.With(Array.ConvertAll(levels, level => level / White), image.ChannelCount, height, width);
    }

    private static byte[]? TryGetLevels(float[] data)
    {
        var levels = new byte[data.Length];
        for (var i = 0; i < data.Length; i++)
        {
            var level = data[i] * White;
            var whole = MathF.Round(level);
            if (!(Math.Abs(level - whole) < LevelTolerance))
                return null;
            levels[i] = (byte)whole;
        }
        return levels;
    }

    private static byte[] Across(byte[] levels, int width, ResizeWeights columns)
    {
        var rows = levels.Length / width;
        var result = new byte[checked(rows * columns.OutputSize)];
        Parallel.For(0, rows, row =>
        {
            var source = levels.AsSpan(row * width, width);
            var target = result.AsSpan(row * columns.OutputSize, columns.OutputSize);
            for (var column = 0; column < target.Length; column++)
            {
                var weights = columns.FixedPointRow(column);
                var taps = source.Slice(columns.Start[column], weights.Length);
                var sum = Half;
                for (var tap = 0; tap < weights.Length; tap++)
                    sum += taps[tap] * weights[tap];
                target[column] = ToLevel(sum);
            }
        });
        return result;
    }

    private static byte[] Down(byte[] levels, int planes, int width, ResizeWeights rows)
    {
        var result = new byte[checked(planes * rows.OutputSize * width)];
        Parallel.For(0, planes * rows.OutputSize, () => new int[width], (row, _, sums) =>
        {
            var (plane, output) = Math.DivRem(row, rows.OutputSize);
            var weights = rows.FixedPointRow(output);
            Array.Fill(sums, Half);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var weight = weights[tap];
                var source = levels.AsSpan((((plane * rows.InputSize) + rows.Start[output] + tap) * width), width);
                for (var column = 0; column < source.Length; column++)
                    sums[column] += source[column] * weight;
            }
            var target = result.AsSpan(row * width, width);
            for (var column = 0; column < target.Length; column++)
                target[column] = ToLevel(sums[column]);
            return sums;
        }, _ => { });
        return result;
    }

    private static byte ToLevel(int sum) => (byte)Math.Clamp(sum >> ResizeWeights.FixedPointBits, 0, 255);
}
