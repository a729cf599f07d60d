using CnnViz.Networks;
using CnnViz.Reading.Comparison;
using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Reading.Faithfulness;

/// <summary>
/// The cascading randomisation of Adebayo et al. (2018): weights become random from the last layer to the first, and the map is made again at each step. One
/// that stays as it was does not depend on what the model has learned.
/// </summary>
internal static class WeightRandomization
{
    /// <summary>The mean rank correlation over the steps from which on a map counts as independent of the model.</summary>
    public const double Independence = 0.5;

    private const int Stream = 3;

    /// <summary>The correlation with the map of all weights learned, step after step; in the last one all are random.</summary>
    public static IReadOnlyList<RandomizationPoint> Trace(ExplainedScore explained)
    {
        var model = explained.Model;
        Node[] layers = [.. model.Network.Nodes.Where(node => node.Operation.Parameters.Any()).Reverse()];
        var steps = Math.Min(explained.Options.RandomizationStep, layers.Length);
        var points = new List<RandomizationPoint>();
        for (var step = 1; step <= steps; step++)
        {
            var count = (layers.Length * step + steps - 1) / steps;
            var correlation = Enumerable.Range(0, explained.Options.RandomizationCount).Average(draw => Correlation(explained, layers[..count], draw));
            points.Add(new RandomizationPoint((double)count / layers.Length, layers[count - 1].Name, correlation));
        }
        return points;
    }

    /// <summary>The rank correlation with a network's map that is random in some layers; 1 for equal maps, and 0 where one of different ones is constant, which ranks nothing.</summary>
    private static double Correlation(ExplainedScore explained, Node[] layers, int draw)
    {
        explained.Cancellation.ThrowIfCancellationRequested();
        using var random = Randomized(explained.Model, layers, SplitMix64.ForStream(explained.Options.Seed, Stream, draw));
        var (map, other) = (explained.Importance, explained.MakeAgain(random, [explained.Image])[0].Importance().Data);
        if (map.AsSpan().SequenceEqual(other))
            return 1;
        var correlation = MapAgreement.RankCorrelation(map, other);
        return double.IsNaN(correlation) ? 0 : correlation;
    }

    /// <summary>The model with fresh weights in some layers; those of the others are shared.</summary>
    private static CnnModel Randomized(CnnModel model, Node[] layers, SplitMix64 seeds)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seeds.NextUInt64() >> 1);
        var weights = model.Weights.ToDictionary(pair => pair.Key, pair => pair.Value.alias().DetachFromDisposeScope(), StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            foreach (var spec in layer.Operation.Parameters)
            {
                var name = $"{layer.Name}.{spec.Name}";
                using var shared = weights[name];
                weights[name] = CnnModel.Initial(spec, generator).to(shared.dtype, shared.device, disposeAfter: true).DetachFromDisposeScope();
            }
        }
        return new CnnModel(model.Network, weights) { Name = model.Name, Labels = model.Labels, Preprocessing = model.Preprocessing };
    }
}
