using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>What is asked about: a class for each picture of the batch.</summary>
/// <param name="Classes">The class of each picture.</param>
internal sealed record SaliencyTarget(long[] Classes)
{
    /// <summary>The scores of the batch, or of as many copies of each picture, which lie side by side.</summary>
    /// <param name="logits"><c>[N × copies, classes]</c>.</param>
    /// <returns><c>[N × copies]</c>.</returns>
    public Tensor Score(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var copies = (int)logits.shape[0] / Classes.Length;
        long[] columns = [.. Classes.SelectMany(index => Enumerable.Repeat(index, copies))];
        return logits.gather(1, tensor(columns, [columns.Length, 1], device: logits.device)).squeeze(1).MoveToOuterDisposeScope();
    }
}
