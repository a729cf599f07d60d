using CnnViz.Running;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>The mean of the pictures of all steps, in which each earlier step counts less: what a noisy way circles around.</summary>
/// <param name="decay">How much of its weight a picture keeps from step to step, in (0, 1).</param>
internal sealed class PictureAverage(double decay) : IDisposable
{
    private Tensor? _sum;
    private double _weight;

    /// <summary>The mean; null before the first picture.</summary>
    public Tensor? Value => _sum is null ? null : _sum / _weight;

    /// <summary>Counts a picture in.</summary>
    public void Add(Tensor picture)
    {
        using var scope = NewDisposeScope();
        var part = picture.detach() * (1 - decay);
        var sum = _sum is null ? part : _sum * decay + part;
        Clear();
        _sum = sum.DetachFromDisposeScope();
        _weight = decay * _weight + (1 - decay);
    }

    /// <summary>Forgets all pictures: they have another size from here on.</summary>
    public void Restart()
    {
        Clear();
        _weight = 0;
    }

    /// <summary>Writes its state into a checkpoint.</summary>
    public void Save(Checkpoint checkpoint)
    {
        if (_sum is null)
            return;
        checkpoint.Put("average.sum", _sum);
        checkpoint.Put("average.weight", _weight.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Takes its state from a checkpoint.</summary>
    public void Restore(Checkpoint checkpoint)
    {
        Restart();
        if (!checkpoint.Holds("average.sum"))
            return;
        _sum = checkpoint.Tensor("average.sum").clone().DetachFromDisposeScope();
        _weight = double.Parse(checkpoint.Text("average.weight"), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Clear()
    {
        _sum?.Dispose();
        _sum = null;
    }
}
