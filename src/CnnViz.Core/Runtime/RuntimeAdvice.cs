namespace CnnViz.Runtime;

/// <summary>What keeps a runtime from its speed, and what to do about it.</summary>
internal static class RuntimeAdvice
{
    /// <summary>About the number of threads; null where it is that of the physical cores.</summary>
    public static string? ForThreads(int threads, int physicalCores) => threads == physicalCores
        ? null
        : $"libtorch uses {threads} threads on {physicalCores} physical cores. {TorchSetup.ThreadVariable} sets them; without it CnnViz takes one for each core.";

    /// <summary>About bfloat16; null where it is of use, or nobody would expect it to be.</summary>
    public static string? ForBFloat16(bool isInHardware, double? float32Speed, double? bfloat16Speed) => isInHardware && bfloat16Speed < float32Speed
        ? "The processor multiplies bfloat16 in hardware, but this libtorch does not use it well: stay with -Precision float32."
        : null;

    /// <summary>About oneDNN; null where it computes, or the user has switched it off.</summary>
    public static string? ForOneDnn(OneDnnState oneDnn) => oneDnn.IsEnabled || oneDnn.Reason.StartsWith(OneDnnGuard.Variable, StringComparison.Ordinal)
        ? null
        : $"oneDNN is off, because {oneDnn.Reason}: results are right, convolutions slower. {OneDnnGuard.Variable}=on uses it even so, at the risk of wrong results.";
}
