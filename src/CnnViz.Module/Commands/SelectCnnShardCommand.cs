using System.Management.Automation;
using CnnViz.Sharding;

namespace CnnViz.Commands;

/// <summary>Passes on one of several equal parts of what comes down the pipeline, so that several machines can share it. Parts are cut between batches.</summary>
[Cmdlet(VerbsCommon.Select, "CnnShard")]
[OutputType(typeof(object))]
public sealed class SelectCnnShardCommand : CnnCommand
{
    private const int UsualBatch = 16;

    private readonly List<object> _items = [];

    /// <summary>Which part of how many: 2/8 is the second of eight.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Shard Shard { get; set; }

    /// <summary>How many the next cmdlet computes together, 16 unless told. With the same number in all parts results have the bits of an undivided run.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; } = UsualBatch;

    /// <summary>The whole, in the same order on all machines: files, pictures, anything.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _items.Add(InputObject!);

    /// <inheritdoc/>
    protected override void End()
    {
        var own = _items[Shard.Cut(_items.Count, BatchSize)];
        if (own.Count == 0)
            WriteWarning($"Shard {Shard} is empty: {_items.Count} items in batches of {BatchSize} are fewer batches than shards. A smaller -BatchSize, here and behind, spreads them.");
        WriteObject(own, enumerateCollection: true);
    }
}
