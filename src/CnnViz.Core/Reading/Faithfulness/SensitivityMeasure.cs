namespace CnnViz.Reading.Faithfulness;

/// <summary>Max-sensitivity (Yeh et al. 2019) as captum computes it: the largest ‖φ(x + I) − φ(x)‖ / ‖φ(x)‖ over noise I, φ being the raw values.</summary>
internal static class SensitivityMeasure
{
    /// <summary>Measures it.</summary>
    /// <param name="explained">The map and its score.</param>
    /// <param name="samples">Noises like the input.</param>
    public static double Of(ExplainedScore explained, IEnumerable<float[]> samples)
    {
        var original = explained.Map.Values.Data;
        var norm = Math.Sqrt(original.Sum(value => (double)value * value));
        var largest = 0.0;
        foreach (var batch in samples.Chunk(explained.Options.BatchSize))
        {
            foreach (var map in explained.MakeAgain(explained.Model, [.. batch.Select(noise => Disturbed(explained, noise))]))
            {
                var change = map.Values.Data.Zip(original, (first, second) => Math.Pow((double)first - second, 2)).Sum();
                largest = Math.Max(largest, Math.Sqrt(change) / (norm == 0 ? 1 : norm));
            }
        }
        return largest;
    }

    /// <summary>The picture, changed so that its normalised values change by the noise.</summary>
    private static CnnImage Disturbed(ExplainedScore explained, float[] noise)
    {
        var image = explained.Image;
        var data = new float[noise.Length];
        for (var i = 0; i < data.Length; i++)
            data[i] = image.Data[i] + noise[i] * (image.IsNormalized ? 1 : explained.Model.Preprocessing.Deviation[i / explained.PixelCount]);
        var disturbed = image.With(data, image.ChannelCount, image.Height, image.Width);
        return image.IsNormalized ? disturbed.AsNormalized() : disturbed;
    }
}
