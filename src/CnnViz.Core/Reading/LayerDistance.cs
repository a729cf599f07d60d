namespace CnnViz;

/// <summary>How far apart the activations of one layer are in two models.</summary>
/// <param name="Layer">The dotted name of the layer.</param>
/// <param name="Distance">‖a − b‖ / ‖a‖, where a is the reference's: 0 for the same.</param>
/// <param name="Cosine">The cosine of the angle between them, from -1 to 1.</param>
public sealed record LayerDistance(string Layer, double Distance, double Cosine);
