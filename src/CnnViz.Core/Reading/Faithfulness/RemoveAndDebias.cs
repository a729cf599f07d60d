using CnnViz.Running;

namespace CnnViz.Reading.Faithfulness;

/// <summary>ROAD (Rong et al. 2022): pixels are removed by filling them from around, so that the shape of what was removed does not give the class away.</summary>
internal static class RemoveAndDebias
{
    private const int Stream = 1;
    private const float NoiseDeviation = 0.01f;
    private static readonly int[] KeptPercentages = [90, 80, 70, 60, 50, 40, 30, 20, 10];

    /// <summary>The probabilities without the most and without the least important tenth, two tenths … nine tenths of the pixels.</summary>
    /// <param name="explained">The map and its score.</param>
    /// <param name="noise">The deviation of the noise on what is filled in, in the normalised input's units.</param>
    public static IReadOnlyList<RoadPoint> Trace(ExplainedScore explained, float noise = NoiseDeviation)
    {
        var points = new List<RoadPoint>();
        int[] kept = [.. KeptPercentages.Select(percentage => ((explained.PixelCount - 1) * percentage + 99) / 100)];
        // Both orders at all levels: one sequence, so that batches are full.
        var answers = explained.Ask(Enumerable.Range(0, 2 * kept.Length)
            .Chunk(explained.Options.BatchSize)
            .SelectMany(batch => Removals(explained, batch, kept, noise))).ToArray();
        for (var level = 0; level < kept.Length; level++)
        {
            var fraction = (double)(explained.PixelCount - kept[level]) / explained.PixelCount;
            points.Add(new RoadPoint(fraction, answers[2 * level].Probability, answers[2 * level + 1].Probability));
        }
        return points;
    }

    /// <summary>The mean of half the difference between the curves.</summary>
    public static double Combine(IReadOnlyList<RoadPoint> curve) => curve.Average(point => (point.LeastImportant - point.MostImportant) / 2);

    private static float[][] Removals(ExplainedScore explained, int[] batch, int[] kept, float noise)
    {
        var pictures = new float[batch.Length][];
        Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = explained.Cancellation }, i =>
        {
            var (level, isLeast) = (batch[i] / 2, batch[i] % 2 == 1);
            var removed = explained.PixelCount - kept[level];
            var missing = isLeast ? explained.Order.AsSpan(kept[level]) : explained.Order.AsSpan(0, removed);
            pictures[i] = Remove(explained, missing, noise, SplitMix64.ForStream(explained.Options.Seed, Stream, batch[i]));
        });
        return pictures;
    }

    private static float[] Remove(ExplainedScore explained, ReadOnlySpan<int> missing, float noise, SplitMix64 random)
    {
        var system = new LinearImputation(explained.Image.Height, explained.Image.Width, missing);
        var picture = (float[])explained.Input.Clone();
        for (var plane = 0; plane < picture.Length; plane += explained.PixelCount)
        {
            explained.Cancellation.ThrowIfCancellationRequested();
            system.Fill(picture.AsSpan(plane, explained.PixelCount));
            foreach (var pixel in missing)
                picture[plane + pixel] += noise * random.NextBell();
        }
        return picture;
    }
}
