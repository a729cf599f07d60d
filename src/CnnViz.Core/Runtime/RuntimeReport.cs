using CnnViz.Runtime;

namespace CnnViz;

/// <summary>What computes here, how fast it is, and what would make it faster.</summary>
public sealed record RuntimeReport
{
    /// <summary>The Torch backend: <c>Torch.System</c> (the machine's libtorch) or <c>Torch.NuGet</c> (TorchSharp's).</summary>
    public required string Backend { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string LibTorchVersion { get; init; }

    /// <summary>The folder that libtorch was loaded from; null where the system does not tell.</summary>
    public required string? LibTorchDirectory { get; init; }

    /// <summary>The library that multiplies matrices.</summary>
    public required BlasKind Blas { get; init; }

    /// <summary>Its file; null where it is inside of libtorch, or unknown.</summary>
    public required string? BlasPath { get; init; }

    /// <summary>What reads and writes pictures, and its version: <c>libvips 8.14.1</c>. Where it is missing, the reason.</summary>
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
