using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace CnnViz.Loader;

/// <summary>
/// The AssemblyLoadContext of the module: what lies in its folder is loaded into it, apart from PowerShell's and other modules'
/// assemblies of the same name; everything else is PowerShell's.
/// </summary>
public sealed class ModuleContext : AssemblyLoadContext
{
    private static readonly ConcurrentDictionary<string, Lazy<Assembly>> Modules = new(StringComparer.Ordinal);
    private readonly string _directory;

    private ModuleContext(string directory) : base("CnnViz") => _directory = directory;

    /// <summary>The module's main assembly, loaded once for a folder: a reload in the same process gets the same one.</summary>
    /// <param name="directory">The folder of CnnViz.dll.</param>
    public static Assembly Load(string directory) =>
        Modules.GetOrAdd(directory, static folder => new(() => new ModuleContext(folder).LoadFromAssemblyPath(Path.Combine(folder, "CnnViz.dll")))).Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
