namespace CnnViz.Runtime;

/// <summary>The libraries that multiply libtorch's matrices, as far as they differ in speed.</summary>
public enum BlasKind
{
    /// <summary>None was recognised.</summary>
    Unknown,

    /// <summary>OpenBLAS with OpenMP: shares libtorch's threads.</summary>
    OpenBlasOpenMP,

    /// <summary>OpenBLAS with threads of its own, which fight libtorch's for the cores.</summary>
    OpenBlasPthread,

    /// <summary>OpenBLAS without threads: one core at work.</summary>
    OpenBlasSerial,

    /// <summary>OpenBLAS, of which the file's name does not tell how it makes threads.</summary>
    OpenBlas,

    /// <summary>Intel's oneMKL, beside libtorch or inside of it.</summary>
    Mkl,

    /// <summary>Apple's Accelerate.</summary>
    Accelerate,

    /// <summary>BLIS.</summary>
    Blis,

    /// <summary>ATLAS: one core at work.</summary>
    Atlas,

    /// <summary>The reference implementation: right, and tens of times slower.</summary>
    Reference,
}
