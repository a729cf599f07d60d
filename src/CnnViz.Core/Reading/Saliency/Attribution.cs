using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>What a method makes of a batch for one target.</summary>
/// <param name="Values">Raw values <c>[N, C, h, w]</c>.</param>
/// <param name="Deltas">Path methods: how far the sum of each picture's map is from the difference of scores; null for others.</param>
internal sealed record Attribution(Tensor Values, double[]? Deltas = null);
