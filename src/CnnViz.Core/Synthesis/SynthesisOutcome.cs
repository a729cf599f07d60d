namespace CnnViz.Synthesis;

/// <summary>What came of a synthesis.</summary>
/// <param name="Images">The pictures as they are after the last good step.</param>
/// <param name="Failure">Why it ended before the last step, where that was not by cancelling; null where it did not.</param>
public sealed record SynthesisOutcome(IReadOnlyList<SynthesizedImage> Images, CnnVizException? Failure = null)
{
    /// <summary>Whether all steps were done.</summary>
    public bool IsComplete => Images.All(image => image.IsComplete);
}
