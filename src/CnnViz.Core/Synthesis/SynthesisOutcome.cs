namespace CnnViz.Synthesis;

/// <summary>What came of a synthesis.</summary>
/// <param name="Images">The pictures as they are after the last good step.</param>
/// <param name="Failure">Why it ended before the last step, where that was not by cancelling; null where it did not.</param>
public sealed record SynthesisOutcome(IReadOnlyList<SynthesizedImage> Images, CnnVizException? Failure = null)
{
    /// <summary>Whether all steps were done.</summary>
    public bool IsComplete => Images.All(image => image.IsComplete);

    /// <summary>What a user should know of the pictures: those of which the objective never changed are what they began as.</summary>
    public IEnumerable<string> Warnings => Images
        .Where(image => image.History.Count > 1 && image.History.All(score => score == image.History[0]))
        .Select(image => FormattableString.Invariant(
            $"'{image.Title}' did not react: its objective stayed {image.History[0]:g5}, as where a rectifier is closed for this start (dead). Take the layer in front of the rectifier, another -Seed or an -InitialImage."));
}
