using static TorchSharp.torch;

namespace CnnViz.Objectives;

/// <summary>What a <see cref="SummedObjective"/> knows of its layer.</summary>
/// <param name="Sum">The sum over all positions, <c>[N, …]</c>.</param>
/// <param name="Positions">How many positions the layer has.</param>
internal readonly record struct LayerSum(Tensor Sum, long Positions);
