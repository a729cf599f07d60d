using System.Globalization;

namespace CnnViz.Runtime;

/// <summary>What matters of the processor for computing with tensors.</summary>
/// <param name="Name">Its name; empty where unknown.</param>
/// <param name="PhysicalCores">Cores that this process may use, not counting the second thread of a core.</param>
/// <param name="HasBFloat16">True where it multiplies bfloat16 in hardware (AVX512-BF16, AMX-BF16, Arm BF16).</param>
public sealed record Processor(string Name, int PhysicalCores, bool HasBFloat16)
{
    private const string InformationFile = "/proc/cpuinfo";

    /// <summary>The processor of this machine.</summary>
    public static Processor Current { get; } =
        Parse(File.Exists(InformationFile) ? File.ReadAllLines(InformationFile) : [], Environment.ProcessorCount);

    /// <summary>Reads Linux' account of the processors.</summary>
    /// <param name="lines">The lines of <c>/proc/cpuinfo</c>; none on other systems.</param>
    /// <param name="usable">Logical processors that this process may use.</param>
    public static Processor Parse(IEnumerable<string> lines, int usable)
    {
        var (name, package, flags) = ("", "", "");
        var cores = new HashSet<(string Package, string Core)>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].Trim().ToLower(CultureInfo.InvariantCulture))
            {
                case "model name": name = value; break;
                case "physical id": package = value; break;
                case "core id": cores.Add((package, value)); break;
                case "flags" or "features": flags = value; break;
            }
        }
        var hasBFloat16 = flags.Split(' ').Any(flag => flag is "avx512_bf16" or "amx_bf16" or "bf16");
        return new Processor(name, cores.Count == 0 ? usable : Math.Min(cores.Count, usable), hasBFloat16);
    }
}
