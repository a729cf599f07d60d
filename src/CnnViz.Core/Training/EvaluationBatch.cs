using CnnViz.Networks;

namespace CnnViz.Training;

/// <summary>How many pictures are run through a network at once where nothing is learned from them.</summary>
internal static class EvaluationBatch
{
    private const int Most = 1000;
    private const long LargestActivation = 64 << 20;

    /// <summary>So many that the largest activation takes 64 MiB, and 1 to 1000.</summary>
    public static int SizeFor(Network network)
    {
        var bytes = NetworkAnalysis.OutputShapes(network, network.InputShape).Max(shape => shape.Aggregate((long)sizeof(float), (product, extent) => product * extent));
        return (int)Math.Clamp(LargestActivation / bytes, 1, Most);
    }
}
