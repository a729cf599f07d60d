using CnnViz.Runtime;

namespace CnnViz;

/// <summary>What computes here, how fast it is, and what would make it faster.</summary>
public sealed record RuntimeReport
{
    /// <summary>The version of TorchSharp.</summary>
    public required string TorchSharpVersion { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string LibTorchVersion { get; init; }

    /// <summary>The folder that libtorch was loaded from.</summary>
    public required string LibTorchDirectory { get; init; }

    /// <summary>Whether oneDNN computes convolutions in this process, and why.</summary>
    public required OneDnnState OneDnn { get; init; }

    /// <summary>The libraries that read and write image files, with their versions.</summary>
    public required string ImageCodec { get; init; }

    /// <summary>The processor's name.</summary>
    public required string Processor { get; init; }

    /// <summary>The physical cores that this process may use.</summary>
    public required int PhysicalCores { get; init; }

    /// <summary>The threads that libtorch uses for one operator.</summary>
    public required int Threads { get; init; }

    /// <summary>True where the processor multiplies bfloat16 in hardware.</summary>
    public required bool HasBFloat16 { get; init; }

    /// <summary>What <c>-Device</c> may name here: <c>cpu</c>, <c>cuda:0</c> …</summary>
    public required IReadOnlyList<string> Devices { get; init => field = value.ToArray(); }

    /// <summary>Speed of a float32 matrix product on the processor, in 10⁹ operations a second; null where it was not measured.</summary>
    public double? Float32Gflops { get; init; }

    /// <summary>The same for bfloat16; null where it was not measured, or the processor has no such hardware.</summary>
    public double? BFloat16Gflops { get; init; }

    /// <summary>What is amiss and how to mend it; empty where all is well.</summary>
    public required IReadOnlyList<string> Advice { get; init => field = value.ToArray(); }
}
