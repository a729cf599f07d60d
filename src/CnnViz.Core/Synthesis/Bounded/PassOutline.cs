using CnnViz.Networks;

namespace CnnViz.Synthesis.Bounded;

/// <summary>What a pass from the input to some layers computes at one size of the pictures, known without running it.</summary>
internal sealed class PassOutline
{
    private readonly Interpreter _interpreter;
    private readonly int[][] _shapes;
    private readonly int[] _lastUses;

    /// <summary>Follows the shapes through the network.</summary>
    /// <param name="interpreter">The network as it is run.</param>
    /// <param name="inputShape">The shape of a picture, <c>[C, H, W]</c>.</param>
    /// <param name="wanted">The positions of the layers.</param>
    /// <param name="batchSize">Pictures that are computed together.</param>
    /// <param name="valueBytes">The bytes of a number.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: an operation cannot take its input.</exception>
    public PassOutline(Interpreter interpreter, int[] inputShape, int[] wanted, int batchSize, int valueBytes)
    {
        (_interpreter, BatchSize, ValueBytes) = (interpreter, batchSize, valueBytes);
        _lastUses = interpreter.LastUses(_ => false, wanted);
        _shapes = new int[_lastUses.Length][];
        _shapes[0] = inputShape;
        for (var i = 1; i < _shapes.Length; i++)
            _shapes[i] = IsNeeded(i) ? OperationAt(i).OutputShape([.. Inputs(i).Select(input => _shapes[input])]) : [];
        Last = wanted.Max();
        Wanted = [.. wanted.Distinct().Order()];
        Cuts = FindCuts();
    }

    /// <summary>The layers that are asked for, by their positions, in order.</summary>
    public int[] Wanted { get; }

    /// <summary>The deepest of them.</summary>
    public int Last { get; }

    /// <summary>Where the pass can be cut with profit: nodes from whose output alone all that is behind them follows.</summary>
    public int[] Cuts { get; }

    /// <summary>Pictures that are computed together.</summary>
    public int BatchSize { get; }

    /// <summary>The bytes of a number.</summary>
    public int ValueBytes { get; }

    /// <summary>Whether a wanted layer depends on a node.</summary>
    public bool IsNeeded(int node) => _lastUses[node] >= 0;

    /// <summary>The last node that needs a node's output; the number of nodes where it is wanted.</summary>
    public int LastUse(int node) => _lastUses[node];

    /// <summary>What a node computes.</summary>
    public Operation OperationAt(int node) => _interpreter.OperationOf(_interpreter.Network.Nodes[node]);

    /// <summary>The nodes that a node takes as inputs.</summary>
    public IReadOnlyList<int> Inputs(int node) => _interpreter.Network.Nodes[node].Inputs;

    /// <summary>The rows of a node's maps; 1 for a vector.</summary>
    public int Height(int node) => _shapes[node] is [_, var height, _] ? height : 1;

    /// <summary>The shape of some rows of a node's output, batch left out.</summary>
    public int[] Shape(int node, int rows) => _shapes[node] is [var channels, _, var width] ? [channels, rows, width] : _shapes[node];

    /// <summary>The numbers in some rows of a node's output, for the whole batch.</summary>
    public long Values(int node, int rows) => Shape(node, rows).Aggregate((long)BatchSize, (product, extent) => product * extent);

    /// <summary>The bytes of some rows of a node's output.</summary>
    public long Bytes(int node, int rows) => Values(node, rows) * ValueBytes;

    /// <summary>The bytes of a node's whole output.</summary>
    public long Bytes(int node) => Bytes(node, Height(node));

    /// <summary>Whether a node can be computed row by row.</summary>
    public bool IsLocal(int node) => OperationAt(node).InputRows(new RowRange(0, 1), Height(Inputs(node)[0])) is not null;

    /// <summary>Nodes that everything behind goes through, in front of branches, of what is larger, or of what needs all rows of them.</summary>
    private int[] FindCuts()
    {
        var cuts = new List<int>();
        var takers = new int[Last + 1];
        var reach = 0;
        int[] needed = [.. Enumerable.Range(0, Last + 1).Where(IsNeeded)];
        foreach (var node in needed)
        {
            foreach (var input in Inputs(node))
                takers[input] = node;
        }
        for (var i = 0; i + 1 < needed.Length; i++)
        {
            var (node, next) = (needed[i], needed[i + 1]);
            var isOnlyOne = reach <= node;
            reach = Math.Max(reach, takers[node]);
            if (node > 0 && isOnlyOne && (reach > next || Bytes(node) < Bytes(next) || !IsLocal(next)))
                cuts.Add(node);
        }
        return [.. cuts];
    }
}
