namespace CnnViz.Tests;

/// <summary>Tests that count all tensors of the process, or change its threads, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
