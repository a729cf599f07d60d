namespace CnnViz.Imaging;

/// <summary>
/// The linear map that resizes one axis, with Pillow's weights: output i is the weighted sum of <see cref="Length"/> inputs from
/// <see cref="Start"/>[i] on. Resizing a picture is one product with such a map for its columns and one for its rows.
/// </summary>
public sealed class ResizeWeights
{
    /// <summary>The bits behind the point of <see cref="FixedPointRow"/>.</summary>
    internal const int FixedPointBits = 22;

    private readonly float[] _weights;
    private readonly int[] _fixedPoint;

    /// <summary>Computes the weights.</summary>
    /// <param name="inputSize">Pixels before, at least 1.</param>
    /// <param name="outputSize">Pixels after, at least 1.</param>
    /// <param name="interpolation">How pixels are weighted.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a size below 1.</exception>
    public ResizeWeights(int inputSize, int outputSize, Interpolation interpolation = Interpolation.Bilinear)
    {
        if (inputSize < 1 || outputSize < 1)
            throw Errors.ArgumentInvalid("The size", $"{inputSize} to {outputSize}", "at least one pixel before and after");
        (InputSize, OutputSize) = (inputSize, outputSize);
        Start = new int[outputSize];
        var scale = (double)inputSize / outputSize;
        if (interpolation == Interpolation.Nearest)
        {
            Length = 1;
            _weights = new float[outputSize];
            Array.Fill(_weights, 1);
            _fixedPoint = [.. Enumerable.Repeat(1 << FixedPointBits, outputSize)];
            // A running sum, as Pillow keeps it, so that centres on the border of two pixels fall to the same side.
            var position = scale * 0.5;
            for (var output = 0; output < outputSize; output++, position += scale)
                Start[output] = Math.Min((int)position, inputSize - 1);
            return;
        }

        var (filter, reach) = FilterOf(interpolation);
        var stretch = Math.Max(scale, 1); // antialiasing: when shrinking, the filter widens with the scale
        var support = reach * stretch;
        Length = Math.Min(((int)Math.Ceiling(support) * 2) + 1, inputSize);
        _weights = new float[outputSize * Length];
        _fixedPoint = new int[_weights.Length];
        var row = new double[Length];
        for (var output = 0; output < outputSize; output++)
        {
            var center = (output + 0.5) * scale;
            var first = Math.Max((int)(center - support + 0.5), 0);
            var end = Math.Min((int)(center + support + 0.5), inputSize);
            for (var tap = 0; tap < end - first; tap++)
                row[tap] = filter((first + tap + 0.5 - center) / stretch);
            var sum = row.Take(end - first).Sum();
            // Every row reads the same number of inputs; at the far edge the band moves back and begins with zeros.
            Start[output] = Math.Min(first, inputSize - Length);
            var offset = (output * Length) + first - Start[output];
            for (var tap = 0; tap < end - first; tap++)
            {
                var weight = row[tap] / sum;
                _weights[offset + tap] = (float)weight;
                _fixedPoint[offset + tap] = (int)Math.Round(weight * (1 << FixedPointBits), MidpointRounding.AwayFromZero);
            }
        }
    }

    /// <summary>Pixels before.</summary>
    public int InputSize { get; }

    /// <summary>Pixels after.</summary>
    public int OutputSize { get; }

    /// <summary>How many inputs each output is made of, zero weights included.</summary>
    public int Length { get; }

    /// <summary>The first input of each output.</summary>
    public int[] Start { get; }

    /// <summary>The weights of one output, <see cref="Length"/> of them, which sum to 1.</summary>
    public ReadOnlySpan<float> Row(int output) => _weights.AsSpan(output * Length, Length);

    /// <summary>The weights of one output in fixed point, by which Pillow resizes pictures of 8 bits.</summary>
    internal ReadOnlySpan<int> FixedPointRow(int output) => _fixedPoint.AsSpan(output * Length, Length);

    /// <summary>The map as a matrix [output, input]: for a resize as matrix products, through which gradients flow.</summary>
    public float[,] ToMatrix()
    {
        var matrix = new float[OutputSize, InputSize];
        for (var output = 0; output < OutputSize; output++)
        {
            for (var tap = 0; tap < Length; tap++)
                matrix[output, Start[output] + tap] = _weights[(output * Length) + tap];
        }
        return matrix;
    }

    private static (Func<double, double> Filter, double Reach) FilterOf(Interpolation interpolation) => interpolation switch
    {
        Interpolation.Bilinear => (x => Math.Max(1 - Math.Abs(x), 0), 1),
        Interpolation.Bicubic => (Cubic, 2),
        _ => (x => x is > -0.5 and <= 0.5 ? 1 : 0, 0.5),
    };

    /// <summary>Keys' cubic convolution with a = −0.5.</summary>
    private static double Cubic(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((((A + 2) * x) - (A + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x * A) - (4 * A)
            : 0;
    }
}
