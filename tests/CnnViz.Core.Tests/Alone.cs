namespace CnnViz.Tests;

/// <summary>Tests that count all tensors of the process, or change its threads, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";

    /// <summary>The tensors that there are, without those that earlier tests left to the collector.</summary>
    public static long CountTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return TorchSharp.torch.Tensor.TotalCount;
    }
}
