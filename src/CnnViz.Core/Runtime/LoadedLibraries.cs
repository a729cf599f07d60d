using System.Diagnostics;

namespace CnnViz.Runtime;

/// <summary>The native libraries in this process.</summary>
internal static class LoadedLibraries
{
    /// <summary>The full paths of their files.</summary>
    public static IReadOnlyList<string> Paths()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
    }
}
