using CnnViz.Imaging;

namespace CnnViz.Reading.Faithfulness;

/// <summary>Deletion and insertion as RISE's evaluation defines them (Petsiuk, Das and Saenko 2018).</summary>
internal static class PixelCurve
{
    private const int BlurSize = 11;
    private const double BlurDeviation = 5;
    private const int BlurReach = 20;

    /// <summary>The probability as pixels become 0 in the normalised picture, the most important first.</summary>
    public static IReadOnlyList<CurvePoint> Delete(ExplainedScore explained) => Trace(explained, explained.Input, new float[explained.Input.Length]);

    /// <summary>The probability as pixels come into the blurred picture, the most important first.</summary>
    public static IReadOnlyList<CurvePoint> Insert(ExplainedScore explained) => Trace(explained, Blur(explained), explained.Input);

    /// <summary>The area under a curve whose points count as equally far apart.</summary>
    public static double Area(IReadOnlyList<CurvePoint> curve) =>
        (curve.Sum(point => point.Probability) - (curve[0].Probability + curve[^1].Probability) / 2) / (curve.Count - 1);

    private static CurvePoint[] Trace(ExplainedScore explained, float[] from, float[] to) =>
        [.. explained.Ask(Pictures(explained, from, to)).Select((answer, step) =>
            new CurvePoint((double)Math.Min(step * explained.PixelStep, explained.PixelCount) / explained.PixelCount, answer.Probability))];

    private static IEnumerable<float[]> Pictures(ExplainedScore explained, float[] from, float[] to)
    {
        var picture = from;
        yield return picture;
        foreach (var pixels in explained.Order.Chunk(explained.PixelStep))
        {
            picture = (float[])picture.Clone();
            for (var plane = 0; plane < picture.Length; plane += explained.PixelCount)
            {
                foreach (var pixel in pixels)
                    picture[plane + pixel] = to[plane + pixel];
            }
            yield return picture;
        }
    }

    private static float[] Blur(ExplainedScore explained)
    {
        var input = new CnnTensor(explained.Input, explained.Image.Shape);
        return ImageFilter.Convolve(input, BlurKernel()).Data;
    }

    /// <summary>
    /// RISE makes it by filtering a single one in 11 × 11 zeros with a Gaussian of deviation 5 that reaches 20 pixels and is mirrored at the edges: nearly flat,
    /// and its sum is 1.
    /// </summary>
    private static float[,] BlurKernel()
    {
        var weights = new double[BlurSize];
        var sum = 0.0;
        for (var offset = -BlurReach; offset <= BlurReach; offset++)
            sum += Math.Exp(-offset * offset / (2 * BlurDeviation * BlurDeviation));
        for (var i = 0; i < BlurSize; i++)
        {
            for (var offset = -BlurReach; offset <= BlurReach; offset++)
            {
                var place = (i + offset + 4 * BlurSize) % (2 * BlurSize);
                if (Math.Min(place, 2 * BlurSize - 1 - place) == BlurSize / 2)
                    weights[i] += Math.Exp(-offset * offset / (2 * BlurDeviation * BlurDeviation)) / sum;
            }
        }
        var kernel = new float[BlurSize, BlurSize];
        for (var y = 0; y < BlurSize; y++)
        {
            for (var x = 0; x < BlurSize; x++)
                kernel[y, x] = (float)(weights[y] * weights[x]);
        }
        return kernel;
    }
}
