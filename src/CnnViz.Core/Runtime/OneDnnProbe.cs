using static TorchSharp.torch;

namespace CnnViz.Runtime;

/// <summary>A convolution whose result is compared with double precision at a number of places.</summary>
/// <param name="Batch">Images.</param>
/// <param name="Input">Channels of an image.</param>
/// <param name="Output">Channels of the result.</param>
/// <param name="Size">Height and width of an image.</param>
/// <param name="Kernel">Height and width of the kernels.</param>
/// <param name="IsGradient">True to compare the gradient of the images, false for the result itself.</param>
/// <param name="Threads">The threads that compute it.</param>
internal sealed record OneDnnProbe(
    int Batch, int Input, int Output, int Size, int Kernel, bool IsGradient = false, int Threads = 1)
{
    /// <summary>Coprime to all extents, so that the places lie in all rows, columns and channels.</summary>
    private const int PlaceStep = 97;
    private const int MaxPlaces = 128;
    private const int PatternLength = 4099;

    private int Extent => Size - Kernel + 1;

    /// <summary>The largest deviation from double precision, relative to the largest value.</summary>
    public double Deviation()
    {
        var image = Pattern(Batch * Input * Size * Size, seed: 1);
        var weight = Pattern(Output * Input * Kernel * Kernel, seed: 2);
        var slope = IsGradient ? Pattern(Batch * Output * Extent * Extent, seed: 3) : [];
        var found = Compute(image, weight, slope);
        var (deviation, largest) = (0.0, 0.0);
        for (var i = 0; i < Math.Min(MaxPlaces, found.Length); i++)
        {
            var place = (int)((long)i * PlaceStep % found.Length);
            var expected = IsGradient ? ExpectedGradient(weight, slope, place) : Expected(image, weight, place);
            deviation = Math.Max(deviation, Math.Abs(found[place] - expected));
            largest = Math.Max(largest, Math.Abs(expected));
        }
        return deviation / largest;
    }

    /// <summary>As half a sentence.</summary>
    public override string ToString() =>
        $"{(IsGradient ? "the input gradient of " : "")}a {Kernel}×{Kernel} convolution {Input}→{Output}";

    private float[] Compute(float[] image, float[] weight, float[] slope)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(IsGradient);
        var images = TensorTransfer.ToNative(image, [Batch, Input, Size, Size]).requires_grad_(IsGradient);
        var output = nn.functional.conv2d(images, TensorTransfer.ToNative(weight, [Output, Input, Kernel, Kernel]));
        return TensorTransfer.ToArray(IsGradient
            ? BackwardPass.Gradients([output], [images], [TensorTransfer.ToNative(slope, output.shape)])[0]
            : output);
    }

    /// <summary>The result at a place.</summary>
    private double Expected(float[] image, float[] weight, int place)
    {
        var (batch, output, row, column) = Position(place, Output, Extent);
        var sum = 0.0;
        for (var input = 0; input < Input; input++)
        {
            for (var y = 0; y < Kernel; y++)
            {
                for (var x = 0; x < Kernel; x++)
                {
                    sum += (double)image[((batch * Input + input) * Size + row + y) * Size + column + x]
                        * weight[((output * Input + input) * Kernel + y) * Kernel + x];
                }
            }
        }
        return sum;
    }

    /// <summary>The gradient at a place of the images.</summary>
    private double ExpectedGradient(float[] weight, float[] slope, int place)
    {
        var (batch, input, row, column) = Position(place, Input, Size);
        var sum = 0.0;
        for (var output = 0; output < Output; output++)
        {
            for (var y = Math.Max(0, row - Extent + 1); y < Math.Min(Kernel, row + 1); y++)
            {
                for (var x = Math.Max(0, column - Extent + 1); x < Math.Min(Kernel, column + 1); x++)
                {
                    sum += (double)slope[((batch * Output + output) * Extent + row - y) * Extent + column - x]
                        * weight[((output * Input + input) * Kernel + y) * Kernel + x];
                }
            }
        }
        return sum;
    }

    private static (int Batch, int Channel, int Row, int Column) Position(int place, int channels, int size) =>
        (place / (channels * size * size), place / (size * size) % channels, place / size % size, place % size);

    /// <summary>Values in [−1, 1) by a multiplicative hash, repeated after a prime number of them.</summary>
    private static float[] Pattern(int count, uint seed)
    {
        var values = new float[count];
        for (var i = 0; i < Math.Min(count, PatternLength); i++)
            values[i] = (((uint)i + seed) * 2654435761u >> 8) / (float)(1 << 23) - 1;
        for (var i = PatternLength; i < count; i += PatternLength)
            values.AsSpan(0, Math.Min(PatternLength, count - i)).CopyTo(values.AsSpan(i));
        return values;
    }
}
