namespace CnnViz.Attacks;

/// <summary>What came of an attack on some pictures.</summary>
/// <param name="Examples">The examples, in the order of the pictures; of an attack that was stopped what there was.</param>
/// <param name="Failures">Why pictures were not attacked, with the place of each.</param>
/// <param name="IsComplete">Whether all steps were done.</param>
public sealed record AttackOutcome(IReadOnlyList<AdversarialExample> Examples, IReadOnlyList<(int Picture, CnnVizException Error)> Failures, bool IsComplete);
