using CnnViz.Running;

namespace CnnViz.Reading.Faithfulness;

/// <summary>Uniform noise on the normalised input: what infidelity and sensitivity disturb a picture with.</summary>
internal static class InputNoise
{
    private const int Stream = 2;

    /// <summary>The samples, drawn as they are needed; the same whenever they are.</summary>
    public static IEnumerable<float[]> Draw(ExplainedScore explained)
    {
        var radius = (float)explained.Options.NoiseRadius;
        for (var sample = 0; sample < explained.Options.NoiseCount; sample++)
        {
            var random = SplitMix64.ForStream(explained.Options.Seed, Stream, sample);
            var noise = new float[explained.Input.Length];
            for (var i = 0; i < noise.Length; i++)
                noise[i] = random.NextSingle(-radius, radius);
            yield return noise;
        }
    }
}
