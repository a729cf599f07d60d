namespace CnnViz;

/// <summary>A point of a deletion or insertion curve.</summary>
/// <param name="Fraction">The part of the pixels that were changed, in [0,1].</param>
/// <param name="Probability">The probability of the class, in [0,1].</param>
public sealed record CurvePoint(double Fraction, double Probability);
