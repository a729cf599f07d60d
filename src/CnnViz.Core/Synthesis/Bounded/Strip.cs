using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Bounded;

/// <summary>
/// Some rows of what a segment makes, and what they need: from node to node backwards, the rows that an operation reads. Every operation is applied to just
/// those rows, and what is not right at their edges is cut off, so that the rows are those of the whole.
/// </summary>
internal sealed class Strip
{
    private readonly PassOutline _outline;
    private readonly int _start;
    private readonly int _end;
    private readonly RowRange[] _products;
    private readonly RowRange[] _read;
    private readonly RowRange[] _made;
    private readonly RowRange[] _kept;

    /// <summary>Finds what is needed.</summary>
    /// <param name="outline">The pass.</param>
    /// <param name="start">The node in front of the segment, which is given.</param>
    /// <param name="end">The last node of the segment.</param>
    /// <param name="products">The rows that are to be made, by the positions of their nodes.</param>
    public Strip(PassOutline outline, int start, int end, IReadOnlyDictionary<int, RowRange> products)
    {
        (_outline, _start, _end) = (outline, start, end);
        var count = end - start + 1;
        (_products, _read, _made, _kept) = (new RowRange[count], new RowRange[count], new RowRange[count], new RowRange[count]);
        foreach (var (node, rows) in products)
            _products[node - start] = _kept[node - start] = rows;
        for (var i = end; i > start; i--)
        {
            var kept = _kept[i - start];
            if (kept.Count == 0)
                continue;
            var inputs = outline.Inputs(i);
            var height = outline.Height(inputs[0]);
            var operation = outline.OperationAt(i);
            var read = operation.InputRows(kept, height) ?? new RowRange(0, height);
            _read[i - start] = read;
            foreach (var input in inputs)
                _kept[input - start] = _kept[input - start].With(read);
            var stride = operation.Window?.Stride.Vertical ?? 1;
            var first = operation.InputRows(kept, height) is null ? 0 : read.First / stride;
            var shape = operation.OutputShape([.. inputs.Select(input => outline.Shape(input, read.Count))]);
            _made[i - start] = new RowRange(first, first + (shape is [_, var rows, _] ? rows : 1));
        }
    }

    /// <summary>The rows that it needs of the node that is given.</summary>
    public RowRange Given => _kept[0];

    /// <summary>The nodes that it has products of, and their rows.</summary>
    public IEnumerable<(int Node, RowRange Rows)> Products =>
        Enumerable.Range(_start, _end - _start + 1).Where(node => _products[node - _start].Count > 0).Select(node => (node, _products[node - _start]));

    /// <summary>Computes its products.</summary>
    /// <param name="interpreter">The network as it is run.</param>
    /// <param name="given">The rows <see cref="Given"/> of the given node, batch first; not disposed.</param>
    /// <returns>The products in the order of <see cref="Products"/>.</returns>
    public Tensor[] Run(Interpreter interpreter, Tensor given)
    {
        using var scope = NewDisposeScope();
        var values = new Tensor?[_kept.Length];
        values[0] = given.alias();
        for (var i = _start + 1; i <= _end; i++)
        {
            if (_kept[i - _start].Count == 0)
                continue;
            using var node = NewDisposeScope();
            var inputs = _outline.Inputs(i);
            var made = interpreter.Apply(
                interpreter.Network.Nodes[i], [.. inputs.Select(input => Rows(values[input - _start]!, _kept[input - _start], _read[i - _start]))]);
            values[i - _start] = Rows(made, _made[i - _start], _kept[i - _start]).MoveToOuterDisposeScope();
            foreach (var input in inputs)
            {
                // As in the whole pass, what nothing needs any more goes at once.
                if (_outline.LastUse(input) == i)
                    values[input - _start]?.Dispose();
            }
        }
        return [.. Products.Select(product => Rows(values[product.Node - _start]!, _kept[product.Node - _start], product.Rows).MoveToOuterDisposeScope())];
    }

    /// <summary>What it costs.</summary>
    public StripCost Cost()
    {
        var (saved, peak, work) = (0L, 0L, 0.0);
        var isSaved = new bool[_kept.Length];
        for (var i = _start + 1; i <= _end; i++)
        {
            var rows = _made[i - _start].Count;
            if (rows == 0)
                continue;
            var operation = _outline.OperationAt(i);
            var output = _outline.Bytes(i, rows);
            var input = _outline.Inputs(i).Sum(node => _outline.Bytes(node, _read[i - _start].Count));
            foreach (var node in operation.Saved.Input ? _outline.Inputs(i) : [])
                Save(node);
            if (operation.Saved.Output || _products[i - _start].Count > 0)
                Save(i);
            saved += operation.Saved.ExtraBytes * _outline.Values(i, rows);
            peak = Math.Max(peak, saved + StripCost.Passing(operation, _outline, i, input, output));
            work += operation.MultiplyAdds(_outline.Shape(i, rows)) * (double)_outline.BatchSize + StripCost.WorkPerValue * _outline.Values(i, rows);
        }
        return new StripCost(peak, work);

        void Save(int node)
        {
            // The given node's values are held anyway.
            if (node > _start && !isSaved[node - _start])
                saved += _outline.Bytes(node, _made[node - _start].Count);
            isSaved[node - _start] = true;
        }
    }

    /// <summary>Rows of a tensor that begins with the row <paramref name="has"/> says.</summary>
    private static Tensor Rows(Tensor values, RowRange has, RowRange wanted) =>
        has == wanted ? values.alias() : values.narrow(2, wanted.First - has.First, wanted.Count);
}
