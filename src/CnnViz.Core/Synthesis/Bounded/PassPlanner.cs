namespace CnnViz.Synthesis.Bounded;

/// <summary>
/// Finds how to compute a pass within a bound: where to cut it, and in how many strips to compute each segment. Cuts cost memory for what is kept there and save
/// the rows that neighbouring strips both compute.
/// </summary>
/// <param name="outline">The pass.</param>
/// <param name="heldBytes">What is there all the time, besides what the parts need.</param>
internal sealed class PassPlanner(PassOutline outline, long heldBytes)
{
    private readonly Dictionary<(int, int), Segment> _segments = [];

    /// <summary>The best plan: cuts are made one after another as long as they help.</summary>
    /// <param name="limit">The bytes that may be taken.</param>
    public PassPlan Best(long limit)
    {
        var cuts = new SortedSet<int>();
        var best = Evaluate(cuts, limit);
        while (!best.IsWhole || best.IsOver)
        {
            var next = outline.Cuts.Where(cut => cut < outline.Last && !cuts.Contains(cut))
                .Select(cut => (Cut: cut, Plan: Evaluate([.. cuts, cut], limit)))
                .Aggregate((Cut: 0, Plan: best), (one, other) => other.Plan.IsBetterThan(one.Plan) ? other : one);
            if (next.Plan == best)
                break;
            cuts.Add(next.Cut);
            best = next.Plan;
        }
        return best;
    }

    private PassPlan Evaluate(SortedSet<int> cuts, long limit)
    {
        var parts = new List<(Segment, int)>();
        var (stored, peak, excess, work) = (heldBytes, 0L, 0.0, 0.0);
        var start = 0;
        foreach (var end in cuts.Append(outline.Last))
        {
            var segment = At(start, end);
            // The given values and those in front of them, the gradient that comes in, and the one that is made.
            stored += outline.Bytes(start);
            var around = stored + outline.Bytes(start) + (end == outline.Last ? 0 : outline.Bytes(end));
            var strips = Strips(segment, limit - around);
            var cost = segment.Cost(strips);
            peak = Math.Max(peak, around + cost.PeakBytes);
            excess += Math.Pow(Math.Max(0, around + cost.PeakBytes - limit), 2);
            work += cost.Work * strips;
            parts.Add((segment, strips));
            start = end;
        }
        return new PassPlan(outline, parts.ToArray(), peak, excess, work);
    }

    /// <summary>As few strips as the bytes allow; where none is small enough, those that are the smallest.</summary>
    private static int Strips(Segment segment, long bytes)
    {
        var smallest = 1;
        foreach (var count in Counts(segment.MostStrips))
        {
            if (segment.Cost(count).PeakBytes <= bytes)
                return count;
            if (segment.Cost(count).PeakBytes < segment.Cost(smallest).PeakBytes)
                smallest = count;
        }
        return smallest;
    }

    private static IEnumerable<int> Counts(int most)
    {
        for (var count = 1; count < most; count += Math.Max(1, count / 4))
            yield return count;
        yield return most;
    }

    private Segment At(int start, int end)
    {
        if (!_segments.TryGetValue((start, end), out var segment))
            _segments[(start, end)] = segment = new Segment(outline, start, end);
        return segment;
    }
}
