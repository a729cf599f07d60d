namespace CnnViz.Runtime;

/// <summary>The BLAS that this process has loaded.</summary>
/// <param name="Kind">Which one it is.</param>
/// <param name="Path">Its file; null where it is inside of libtorch, or unknown.</param>
public sealed record BlasLibrary(BlasKind Kind, string? Path)
{
    /// <summary>The BLAS in use. Call it when libtorch has been loaded.</summary>
    /// <param name="configuration">libtorch's own account of how it was built.</param>
    public static BlasLibrary Find(string configuration) => Find(LoadedLibraries.Paths(), configuration);

    /// <summary>The BLAS among loaded libraries.</summary>
    /// <param name="libraries">Paths, or lines of <c>/proc/self/maps</c> that end in one.</param>
    /// <param name="configuration">libtorch's own account of how it was built.</param>
    public static BlasLibrary Find(IEnumerable<string> libraries, string configuration)
    {
        var found = libraries
            .Select(line => line[Math.Max(0, line.IndexOf('/', StringComparison.Ordinal))..].Trim())
            .Select(path => new BlasLibrary(Classify(path), path))
            .Where(library => library.Kind != BlasKind.Unknown)
            // libopenblas may come with a thin libblas before it: the one that says more counts.
            .MinBy(library => library.Kind is BlasKind.OpenBlas or BlasKind.Reference ? 1 : 0);
        return found ?? new BlasLibrary(Inside(configuration), null);
    }

    private static BlasKind Inside(string configuration) => configuration switch
    {
        _ when configuration.Contains("Math Kernel Library", StringComparison.Ordinal) => BlasKind.Mkl,
        _ when configuration.Contains("Accelerate", StringComparison.OrdinalIgnoreCase) => BlasKind.Accelerate,
        _ => BlasKind.Unknown,
    };

    private static BlasKind Classify(string path)
    {
        var file = System.IO.Path.GetFileName(path);
        var isBlas = file.StartsWith("libblas.", StringComparison.Ordinal);
        return path switch
        {
            _ when file.StartsWith("libmkl_", StringComparison.Ordinal) => BlasKind.Mkl,
            _ when file.StartsWith("libblis", StringComparison.Ordinal) || (isBlas && Has("/blis")) => BlasKind.Blis,
            _ when !isBlas && !file.Contains("openblas", StringComparison.Ordinal) => BlasKind.Unknown,
            _ when Has("openblas-openmp") || file.StartsWith("libopenblaso", StringComparison.Ordinal) => BlasKind.OpenBlasOpenMP,
            _ when Has("openblas-pthread") => BlasKind.OpenBlasPthread,
            _ when Has("openblas-serial") => BlasKind.OpenBlasSerial,
            _ when Has("openblas") => BlasKind.OpenBlas,
            _ when Has("/atlas/") => BlasKind.Atlas,
            _ => BlasKind.Reference,
        };

        bool Has(string part) => path.Contains(part, StringComparison.Ordinal);
    }
}
