using static TorchSharp.torch;

namespace CnnViz.Training.Inputs;

/// <summary>Inputs that are kept once they have been read, so that what is costly (decoding, a frozen part) is done once a picture.</summary>
public sealed class CachedInputs : TrainingInputs
{
    private readonly TrainingInputs _source;
    private readonly Tensor _values;
    private readonly bool[] _known;

    /// <summary>Takes the inputs over.</summary>
    /// <param name="source">The inputs; <see cref="TrainingInputs.TotalBytes"/> of memory are used for them.</param>
    public CachedInputs(TrainingInputs source)
    {
        _source = source;
        _known = new bool[source.Count];
        _values = empty([source.Count, .. source.Shape.Select(extent => (long)extent)], source.DataType).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int Count => _source.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape => _source.Shape;

    /// <inheritdoc/>
    public override ScalarType DataType => _source.DataType;

    /// <inheritdoc/>
    public override Tensor Read(Tensor positions, CancellationToken cancellation)
    {
        var missing = Array.FindAll(ToArray(positions), position => !_known[position]);
        if (missing.Length > 0)
            Fill(missing, cancellation);
        return _values.index_select(0, positions);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _values.Dispose();
        _source.Dispose();
    }

    private void Fill(long[] missing, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var read = _source.Read(tensor(missing, [missing.Length]), cancellation);
        for (var i = 0; i < missing.Length; i++)
        {
            _values.select(0, missing[i]).copy_(read.select(0, i));
            _known[missing[i]] = true;
        }
    }
}
