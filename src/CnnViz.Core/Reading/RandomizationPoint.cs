namespace CnnViz;

/// <summary>A step of the randomisation of weights.</summary>
/// <param name="Fraction">The part of the layers with weights that are random, counted from the last, in [0,1].</param>
/// <param name="Layer">The first of them in the order of the network: it and all behind it are random.</param>
/// <param name="Correlation">Spearman's rank correlation of the map with the original one, in [−1,1]; the mean over several random networks.</param>
public sealed record RandomizationPoint(double Fraction, string Layer, double Correlation);
