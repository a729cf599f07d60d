using System.Diagnostics;
using CnnViz.Networks;
using CnnViz.Running;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// Many altered copies of a picture, taken through the network a few at a time: a method needs thousands of them, and memory holds some. Between the chunks the
/// work can be cancelled, and tells how far it is.
/// </summary>
internal static class Chunks
{
    /// <summary>More gradients together are no faster: by then the processor is busy, and its caches are full.</summary>
    private const int MostGradients = 16;
    private const int MostScores = 64;

    /// <summary>Gradients, and what a layer rearranges its input into, come on top of the activations.</summary>
    private const int GradientOverhead = 3;

    /// <summary>An output, its input, and what the two are rearranged into on the way.</summary>
    private const int ScoreOverhead = 4;
    private const long ScoreBytes = 256 << 20;

    /// <summary>Chunks of copies whose gradients are wanted, so that all activations are kept for the way back.</summary>
    /// <param name="pass">The pictures.</param>
    /// <param name="total">How many copies there are.</param>
    /// <exception cref="OperationCanceledException">The user has ended it.</exception>
    public static IEnumerable<(int First, int Count)> OfGradients(SaliencyPass pass, int total)
    {
        var memory = GC.GetGCMemoryInfo();
        var free = memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
        var bytes = NetworkAnalysis.Layers(pass.Model.Network, pass.Images[0].Shape).Take(Deepest(pass)).Sum(layer => layer.ActivationBytes);
        // Half of what is free, for others have to live too.
        return Of(pass, total, Math.Clamp(free / 2 / (Math.Max(1, bytes) * GradientOverhead), 1, MostGradients));
    }

    /// <summary>Chunks of copies whose scores alone are wanted, so that an activation is freed as soon as the next is there.</summary>
    /// <param name="pass">The pictures.</param>
    /// <param name="total">How many copies there are.</param>
    /// <param name="position">The node behind which the network runs; 0 for all of it.</param>
    /// <exception cref="OperationCanceledException">The user has ended it.</exception>
    public static IEnumerable<(int First, int Count)> OfScores(SaliencyPass pass, int total, int position = 0)
    {
        var shapes = NetworkAnalysis.OutputShapes(pass.Model.Network, pass.Images[0].Shape);
        var largest = shapes.Take(Deepest(pass) + 1).Skip(position).Max(shape => shape.Aggregate(1L, (product, extent) => product * extent)) * sizeof(float);
        return Of(pass, total, Math.Clamp(ScoreBytes / (ScoreOverhead * largest), 1, MostScores));
    }

    private static int Deepest(SaliencyPass pass) => pass.Ends.LastOrDefault();

    /// <summary>Chunks as even as can be.</summary>
    private static IEnumerable<(int First, int Count)> Of(SaliencyPass pass, int total, long most)
    {
        var count = (int)((total + (pass.Options.BatchSize ?? most) - 1) / (pass.Options.BatchSize ?? most));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            pass.Cancellation.ThrowIfCancellationRequested();
            var (first, end) = ((int)((long)total * i / count), (int)((long)total * (i + 1) / count));
            yield return (first, end - first);
            pass.Progress?.Report(new RunProgress(pass.Activity, end, total, "", clock.Elapsed, clock.Elapsed * ((double)(total - end) / end)));
        }
    }
}
