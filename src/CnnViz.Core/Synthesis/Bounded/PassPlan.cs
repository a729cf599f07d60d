namespace CnnViz.Synthesis.Bounded;

/// <summary>How a pass is computed in parts.</summary>
/// <param name="Outline">The pass.</param>
/// <param name="Parts">The segments in order, and in how many strips each is computed.</param>
/// <param name="PeakBytes">The most memory that is taken at a time.</param>
/// <param name="Excess">How far its segments are over the limit: the sum of the squares of the bytes; 0 where all keep it.</param>
/// <param name="Work">Multiply-adds, and what else there is in their terms.</param>
internal sealed record PassPlan(PassOutline Outline, IReadOnlyList<(Segment Segment, int Strips)> Parts, long PeakBytes, double Excess, double Work)
{
    /// <summary>Whether nothing is divided.</summary>
    public bool IsWhole => Parts is [(_, 1)];

    /// <summary>Whether it does not keep the limit.</summary>
    public bool IsOver => Excess > 0;

    /// <summary>Whether it is to be preferred: nearer to the limit, or else less work.</summary>
    public bool IsBetterThan(PassPlan other) => Excess != other.Excess ? Excess < other.Excess : Work < other.Work;

    /// <summary>Such as <c>0-4:8 4-9:1</c>: from node to node in so many strips.</summary>
    public override string ToString() => string.Join(' ', Parts.Select(part => $"{part.Segment.Start}-{part.Segment.End}:{part.Strips}"));
}
