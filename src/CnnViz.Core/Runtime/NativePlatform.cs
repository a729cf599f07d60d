using System.Runtime.InteropServices;

namespace CnnViz.Runtime;

/// <summary>A platform that libtorch is built for, with the names that its native libraries have there.</summary>
/// <param name="Identifier">The platform's runtime identifier, such as <c>linux-x64</c>.</param>
/// <param name="LibTorch">The libraries of libtorch that TorchSharp needs, each after those that it depends on.</param>
/// <param name="TorchSharp">TorchSharp's own library.</param>
/// <param name="SkiaSharp">SkiaSharp's library.</param>
/// <param name="Machine">The processor that they are compiled for.</param>
internal sealed record NativePlatform(
    string Identifier, IReadOnlyList<string> LibTorch, string TorchSharp, string SkiaSharp, Architecture Machine)
{
    /// <summary>The platforms for which NuGet has libtorch.</summary>
    public static IReadOnlyList<NativePlatform> All { get; } =
    [
        new("linux-x64",
            ["libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so"],
            "libLibTorchSharp.so", "libSkiaSharp.so", Architecture.X64),
        new("osx-arm64",
            ["libomp.dylib", "libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"],
            "libLibTorchSharp.dylib", "libSkiaSharp.dylib", Architecture.Arm64),
        new("win-x64",
            ["libiomp5md.dll", "uv.dll", "c10.dll", "torch_cpu.dll", "torch.dll"],
            "LibTorchSharp.dll", "libSkiaSharp.dll", Architecture.X64),
    ];

    /// <summary>The libraries that begin libtorch's load; the system finds the others beside them.</summary>
    public IEnumerable<string> LibTorchRoots => LibTorch.Where(name => !name.Contains("omp", StringComparison.Ordinal)
        && !name.StartsWith("uv", StringComparison.Ordinal));

    /// <summary>The library that computes on the processor.</summary>
    public string TorchCpu => LibTorch.Single(name => name.Contains("torch_cpu", StringComparison.Ordinal));

    /// <summary>The platform of this process.</summary>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>: libtorch is not built for it.</exception>
    public static NativePlatform Current => Find(HostIdentifier);

    /// <summary>
    /// The identifier of this process's platform. Distributions that build .NET themselves put their own name
    /// into .NET's identifier, so that it is made here from its parts.
    /// </summary>
    public static string HostIdentifier
    {
        get
        {
            var isMusl = RuntimeInformation.RuntimeIdentifier is var built
                && (built.Contains("musl", StringComparison.Ordinal) || built.StartsWith("alpine", StringComparison.Ordinal));
            var system = OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : isMusl ? "linux-musl"
                : OperatingSystem.IsLinux() ? "linux"
                : RuntimeInformation.OSDescription;
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>The platform with an identifier such as <c>osx-arm64</c> or <c>linux-musl-x64</c>.</summary>
    /// <param name="identifier">The runtime identifier.</param>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>: libtorch is not built for it.</exception>
    public static NativePlatform Find(string identifier) =>
        All.FirstOrDefault(platform => platform.Identifier == identifier)
        ?? throw Errors.PlatformUnsupported(identifier, All.Select(platform => platform.Identifier));
}
