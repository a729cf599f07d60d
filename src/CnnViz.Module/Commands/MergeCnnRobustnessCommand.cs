using System.Management.Automation;
using CnnViz.Attacks;

namespace CnnViz.Commands;

/// <summary>Makes the points of a whole dataset from those that several machines measured, each on its shard.</summary>
[Cmdlet(VerbsData.Merge, "CnnRobustness")]
[OutputType(typeof(RobustnessPoint))]
public sealed class MergeCnnRobustnessCommand : CnnCommand
{
    private readonly List<RobustnessPoint> _points = [];

    /// <summary>The points of all shards, in any order, as Measure-CnnRobustness -Shard gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, Position = 0)]
    [ValidateNotNull]
    public RobustnessPoint[] Point { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process() => _points.AddRange(Point);

    /// <inheritdoc/>
    protected override void End() => WriteObject(RobustnessMerge.Merge(_points), enumerateCollection: true);
}
