namespace CnnViz.Networks;

/// <summary>Rows of a map that follow one another.</summary>
/// <param name="First">The first, from 0.</param>
/// <param name="End">The one behind the last.</param>
public readonly record struct RowRange(int First, int End)
{
    /// <summary>How many there are.</summary>
    public int Count => End - First;

    /// <summary>The least range that has the rows of both; a range without rows adds nothing.</summary>
    public RowRange With(RowRange other) => Count == 0 ? other : other.Count == 0 ? this : new(Math.Min(First, other.First), Math.Max(End, other.End));
}
