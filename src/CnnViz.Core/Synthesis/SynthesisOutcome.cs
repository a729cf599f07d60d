namespace CnnViz.Synthesis;

/// <summary>What came of a synthesis.</summary>
/// <param name="Images">The pictures as they are after the last good step.</param>
/// <param name="Failure">Why it ended before the last step, where that was not by cancelling; null where it did not.</param>
public sealed record SynthesisOutcome(IReadOnlyList<SynthesizedImage> Images, CnnVizException? Failure = null)
{
    /// <summary>Whether all steps were done.</summary>
    public bool IsComplete => Images.All(image => image.IsComplete);

    /// <summary>What a user should know of the pictures: an objective that stayed where it was, because no pixel moves it.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Images.Where(image => image.Steps > 1 && image.History.All(score => score == image.Score)).Select(image =>
            $"{image.Title}: nothing in the start drives it, so the picture did not change. A channel behind an activation can be silent; take the layer in front of that, another -Seed or an -InitialImage."),
    ];
}
