using CnnViz.Sharding;

namespace CnnViz.Cli;

/// <summary>The shard that a command computes.</summary>
/// <param name="Folder">Where its results go.</param>
/// <param name="Fingerprint">What tells its run from others.</param>
internal sealed record ShardRun(ShardFolder Folder, string Fingerprint);
