using CnnViz.Objectives;

namespace CnnViz.Synthesis;

/// <summary>A size at which a synthesis works for a while.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Steps">Its steps.</param>
public sealed record Octave(int Height, int Width, int Steps)
{
    /// <summary>What is asked at this size, such as the style of a picture of as many pixels; null for what the plan asks at all of them.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Sizes that grow by a factor to the last one.</summary>
    /// <param name="height">Rows of the last.</param>
    /// <param name="width">Columns of the last.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="scale">The factor from one to the next.</param>
    /// <param name="steps">The steps of each.</param>
    /// <param name="smallest">The shorter side that the network needs at least.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: the first would be smaller than that.</exception>
    public static Octave[] Series(int height, int width, int count, double scale, int steps, int smallest)
    {
        var octaves = Enumerable.Range(0, count)
            .Select(i => Math.Pow(scale, i - count + 1))
            .Select(factor => new Octave((int)Math.Round(height * factor), (int)Math.Round(width * factor), steps))
            .ToArray();
        return Math.Min(octaves[0].Height, octaves[0].Width) >= smallest
            ? octaves
            : throw Errors.ArgumentInvalid(
                "Octave", count, $"so few that the first is at least {smallest} pixels: with {count} of scale {scale:0.##} it is {octaves[0].Height}×{octaves[0].Width}");
    }
}
