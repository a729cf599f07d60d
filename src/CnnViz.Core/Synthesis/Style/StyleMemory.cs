using CnnViz.Networks;
using CnnViz.Networks.Operations;

namespace CnnViz.Synthesis.Style;

/// <summary>What a step of a style transfer takes of memory, told before the work starts.</summary>
internal static class StyleMemory
{
    /// <summary>Gradients, and what a layer rearranges its input into, on top of what is kept.</summary>
    private const int LargestTimes = 3;

    /// <summary>Throws where a step would need more than there is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="needed">Its nodes that are run.</param>
    /// <param name="size">The largest size that is worked at.</param>
    /// <exception cref="CnnVizException"><c>MemoryInsufficient</c>, with the largest size that fits.</exception>
    public static void Check(Network network, bool[] needed, Octave size)
    {
        var memory = GC.GetGCMemoryInfo();
        var free = memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
        var bytes = Bytes(network, needed, size.Height, size.Width);
        if (bytes <= free)
            return;
        // Memory goes with the pixels.
        var factor = Math.Sqrt((double)free / bytes);
        throw Errors.MemoryInsufficient(
            $"{size.Width}x{size.Height}", new ByteSize(bytes), new ByteSize(free), $"{Math.Floor(size.Width * factor)}x{Math.Floor(size.Height * factor)}");
    }

    /// <summary>What is kept for the way back, and what the largest layer needs on it.</summary>
    public static long Bytes(Network network, bool[] needed, int height, int width)
    {
        var shapes = NetworkAnalysis.OutputShapes(network, [network.InputShape[0], height, width], needed);
        var uses = NetworkAnalysis.Uses(network);
        var (kept, largest) = (0L, 0L);
        for (var i = 1; i < shapes.Count; i++)
        {
            if (!needed[i])
                continue;
            var bytes = shapes[i].Aggregate((long)sizeof(float), (product, extent) => product * extent);
            largest = Math.Max(largest, bytes);
            // An activation keeps its own output, so that what it is made of can go.
            var isGone = uses[i] == 1 && i + 1 < shapes.Count && network.Nodes[i + 1] is { Operation: Activation, Inputs: [var input] } && input == i;
            kept += isGone ? 0 : network.Nodes[i].Operation is MaxPooling ? 3 * bytes : bytes;
        }
        return kept + LargestTimes * largest;
    }
}
