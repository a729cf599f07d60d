using CnnViz.Running;

namespace CnnViz.Synthesis.Maximization;

/// <summary>Uniform noise that a picture starts from.</summary>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The bound above.</param>
/// <param name="IsGrey">The same in all channels.</param>
internal sealed record StartNoise(float Minimum, float Maximum, bool IsGrey = false)
{
    private const int Levels = 255;

    /// <summary>Cut to the levels of 8 bits, as source 004 does.</summary>
    public bool IsInLevels { get; init; }

    /// <summary>True where the values are the network's input, and no pixels.</summary>
    public bool IsInput { get; init; }

    /// <summary>A picture, <c>[C, H, W]</c>; the same seed gives the same bits on every machine.</summary>
    public CnnTensor Make(int channels, int height, int width, long seed)
    {
        var generator = SplitMix64.ForStream(seed, height, width);
        var plane = height * width;
        var values = new float[channels * plane];
        for (var i = 0; i < values.Length; i++)
        {
            var value = IsGrey && i >= plane ? values[i - plane] : generator.NextSingle(Minimum, Maximum);
            values[i] = IsInLevels ? MathF.Floor(value * Levels) / Levels : value;
        }
        return new CnnTensor(values, [channels, height, width], "CHW");
    }
}
