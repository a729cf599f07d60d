using static TorchSharp.torch;

namespace CnnViz.Training.Inputs;

/// <summary>Inputs that are kept once they have been read, so that what is costly (decoding, a frozen part) is done once a picture.</summary>
public sealed class CachedInputs : TrainingInputs
{
    private readonly TrainingInputs _source;
    private readonly Tensor _values;
    private readonly bool[] _known;
    private readonly int? _block;

    /// <summary>Takes the inputs over.</summary>
    /// <param name="source">The inputs; <see cref="TrainingInputs.TotalBytes"/> of memory are used for them.</param>
    /// <param name="block">
    /// Inputs in a row that are always read together. What a network gives for a picture depends, in the last bits, on the pictures beside it: so it is
    /// the same in whatever order they are asked for. Null to read just those that are missing.
    /// </param>
    public CachedInputs(TrainingInputs source, int? block = null)
    {
        (_source, _block) = (source, block);
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
        foreach (var together in _block is { } block ? Blocks(missing, block) : [missing])
        {
            cancellation.ThrowIfCancellationRequested();
            if (together.Length > 0)
                Fill(together, cancellation);
        }
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

    private IEnumerable<long[]> Blocks(long[] missing, int size) => missing
        .Select(position => position / size * size)
        .Distinct()
        .Select(first => Enumerable.Range((int)first, (int)Math.Min(size, Count - first)).Select(position => (long)position).ToArray());

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
