using CnnViz.Networks;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// Many altered copies of a picture, taken through the network a few at a time: a method needs thousands of them, and memory holds some.
/// </summary>
internal static class Chunks
{
    /// <summary>More together are no faster: by then the processor is busy, and its caches are full.</summary>
    private const int Most = 16;

    /// <summary>Gradients, and what a layer rearranges its input into, come on top of the activations.</summary>
    private const int Overhead = 3;

    /// <summary>The chunks of <paramref name="total"/> copies, as even as can be. Before each the work may be cancelled.</summary>
    /// <param name="pass">The pictures.</param>
    /// <param name="total">How many copies there are.</param>
    /// <exception cref="OperationCanceledException">The user has ended it.</exception>
    public static IEnumerable<(int First, int Count)> Of(SaliencyPass pass, int total)
    {
        var count = (total + Size(pass) - 1) / Size(pass);
        for (var i = 0; i < count; i++)
        {
            pass.Cancellation.ThrowIfCancellationRequested();
            var (first, end) = ((int)((long)total * i / count), (int)((long)total * (i + 1) / count));
            yield return (first, end - first);
        }
    }

    private static int Size(SaliencyPass pass)
    {
        if (pass.Options.BatchSize is { } wanted)
            return wanted;
        var memory = GC.GetGCMemoryInfo();
        var free = memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
        var bytes = NetworkAnalysis.Layers(pass.Model.Network, pass.Images[0].Shape).Sum(layer => layer.ActivationBytes);
        // Half of what is free, for others have to live too.
        return (int)Math.Clamp(free / 2 / (bytes * Overhead), 1, Most);
    }
}
