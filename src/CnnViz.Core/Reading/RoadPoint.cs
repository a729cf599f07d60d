namespace CnnViz;

/// <summary>A point of ROAD's curves.</summary>
/// <param name="Fraction">The part of the pixels that were removed, in [0,1].</param>
/// <param name="MostImportant">The probability of the class without the most important ones, in [0,1].</param>
/// <param name="LeastImportant">The probability of the class without the least important ones, in [0,1].</param>
public sealed record RoadPoint(double Fraction, double MostImportant, double LeastImportant);
