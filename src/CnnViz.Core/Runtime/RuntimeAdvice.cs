namespace CnnViz.Runtime;

/// <summary>What keeps a runtime from its speed, and what to do about it.</summary>
internal static class RuntimeAdvice
{
    /// <summary>About the BLAS; null where it is well chosen.</summary>
    public static string? ForBlas(BlasKind blas) => blas switch
    {
        BlasKind.Reference =>
            "libtorch multiplies matrices with the reference BLAS, tens of times slower than need be. " +
            "Install an optimised one (Debian: apt-get install libopenblas0-openmp).",
        BlasKind.OpenBlasPthread =>
            "OpenBLAS was built with threads of its own, which contend with libtorch's for the cores. " +
            "Install its OpenMP build (Debian: apt-get install libopenblas0-openmp, then apt-get remove libopenblas0-pthread).",
        BlasKind.OpenBlasSerial =>
            "OpenBLAS was built without threads: one core multiplies matrices. Install its OpenMP build (Debian: apt-get install libopenblas0-openmp).",
        BlasKind.Atlas =>
            "ATLAS uses one core and no AVX. Install OpenBLAS instead (Debian: apt-get install libopenblas0-openmp).",
        _ => null,
    };

    /// <summary>About the number of threads; null where it is that of the physical cores.</summary>
    public static string? ForThreads(int threads, int physicalCores) => threads == physicalCores
        ? null
        : $"libtorch uses {threads} threads on {physicalCores} physical cores. {TorchSetup.ThreadVariable} sets them; without it CnnViz takes one for each core.";

    /// <summary>About bfloat16; null where it is of use, or nobody would expect it to be.</summary>
    public static string? ForBFloat16(bool isInHardware, double? float32Speed, double? bfloat16Speed) => isInHardware && bfloat16Speed < float32Speed
        ? "The processor multiplies bfloat16 in hardware, but this libtorch does not use it well: stay with -Precision float32, or let CNNVIZ_LIBTORCH name a newer libtorch."
        : null;
}
