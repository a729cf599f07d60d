namespace CnnViz.Reporting;

/// <summary>A picture and what a network sees in it.</summary>
/// <param name="Picture">The picture; its caption is the card's heading.</param>
/// <param name="Truth">The label of its true class.</param>
/// <param name="Classes">The classes with their probabilities, the most probable first.</param>
public sealed record PredictionCard(Figure Picture, string Truth, IReadOnlyList<(string Label, double Probability)> Classes);
