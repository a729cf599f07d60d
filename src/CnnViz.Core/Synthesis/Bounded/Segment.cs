using CnnViz.Networks;

namespace CnnViz.Synthesis.Bounded;

/// <summary>The nodes behind a cut up to the next one. What it makes is the last node's output and the wanted layers in it, all at once or in strips of rows.</summary>
internal sealed class Segment
{
    private readonly PassOutline _outline;
    private readonly Dictionary<int, StripCost> _costs = [];

    /// <summary>Takes a part of a pass.</summary>
    /// <param name="outline">The pass.</param>
    /// <param name="start">The node in front of it, which is given.</param>
    /// <param name="end">Its last node.</param>
    public Segment(PassOutline outline, int start, int end)
    {
        (_outline, Start, End) = (outline, start, end);
        // A wanted input belongs to the first.
        Layers = [.. outline.Wanted.Where(node => (node > start || node == 0) && node <= end)];
        var isLocal = Enumerable.Range(start + 1, end - start).Where(outline.IsNeeded).All(outline.IsLocal);
        MostStrips = isLocal ? Layers.Append(end).Min(outline.Height) : 1;
    }

    /// <summary>The node in front of it, which is given.</summary>
    public int Start { get; }

    /// <summary>Its last node.</summary>
    public int End { get; }

    /// <summary>The wanted layers in it, by their positions.</summary>
    public int[] Layers { get; }

    /// <summary>How many strips it can be computed in, each with at least a row of everything that is made; 1 where an operation sees all rows.</summary>
    public int MostStrips { get; }

    /// <summary>One of its strips: each has an equal share of the rows of everything that is made.</summary>
    /// <param name="index">The strip, from 0 at the top.</param>
    /// <param name="count">How many there are.</param>
    public Strip Strip(int index, int count) => new(_outline, Start, End, Layers.Append(End).Distinct().ToDictionary(node => node, node => Share(_outline.Height(node), index, count)));

    /// <summary>What a strip costs: one in the middle, which has neighbours on both sides.</summary>
    /// <param name="count">How many there are.</param>
    public StripCost Cost(int count)
    {
        if (!_costs.TryGetValue(count, out var cost))
            _costs[count] = cost = Strip(count / 2, count).Cost();
        return cost;
    }

    private static RowRange Share(int height, int index, int count) => new((int)((long)height * index / count), (int)((long)height * (index + 1) / count));
}
