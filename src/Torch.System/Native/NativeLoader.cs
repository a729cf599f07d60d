using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CnnViz.Backend;

namespace TorchSharp.Native;

/// <summary>
/// Finds the native libraries beside this assembly, and the libtorch that <c>CNNVIZ_LIBTORCH</c> names;
/// what is missing becomes one error that says what was looked for and where.
/// </summary>
internal static class NativeLoader
{
    public const string TorchLibrary = "cnnviz_torch";

    public const string ImageLibrary = "cnnviz_images";

    public const string Variable = "CNNVIZ_LIBTORCH";

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "One resolver an assembly, before the first native call.")]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name is not (TorchLibrary or ImageLibrary))
            return 0;
        var path = Path.Combine(Path.GetDirectoryName(assembly.Location) ?? ".", $"lib{name}.so");
        if (!File.Exists(path))
            throw Missing($"{path} is not there. Install-CnnRuntime builds it (in the sources: ./build.sh build), which takes cmake, g++, libtorch-dev and libvips-dev.");
        if (name == TorchLibrary)
            LoadRequestedTorch(Path.GetDirectoryName(path)!);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error)
        {
            var wanted = name == TorchLibrary
                ? $"libtorch (Debian: apt-get install libtorch-dev libopenblas0-openmp), or let {Variable} name the folder of one"
                : "libvips (Debian: apt-get install libvips-dev)";
            throw Missing($"{path} cannot be loaded: {error.Message.Trim()} Install {wanted}.", error);
        }
    }

    private static void LoadRequestedTorch(string ownDirectory)
    {
        var requested = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(requested))
            return;
        string[] folders = ["", "lib", "lib64", "lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu"];
        var directory = folders.Select(folder => Path.Combine(requested, folder)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "libtorch_cpu.so")))
            ?? throw Missing($"{Variable} is '{requested}', but there is no libtorch_cpu.so in it nor in its {string.Join(", ", folders[1..])}.");
        CheckVersion(requested, ownDirectory);
        // Loaded first by their full paths, so that the libraries the native part was linked against resolve to these.
        foreach (var library in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
        {
            var path = Path.Combine(directory, library);
            if (File.Exists(path) && !NativeLibrary.TryLoad(path, out _))
                throw Missing($"{Variable} names {path}, which cannot be loaded.");
        }
    }

    /// <summary>libtorch's C++ interface differs between versions: a library built against one cannot use another.</summary>
    private static void CheckVersion(string requested, string ownDirectory)
    {
        var header = Path.Combine(requested, "include/torch/csrc/api/include/torch/version.h");
        if (!File.Exists(header))
            return;
        var numbers = File.ReadLines(header)
            .Where(line => line.StartsWith("#define TORCH_VERSION_", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1])
            .Take(3);
        var found = string.Join('.', numbers);
        var built = File.ReadAllText(Path.Combine(ownDirectory, "libtorch.version")).Trim();
        if (Version.TryParse(found, out var version) && version < new Version(1, 13))
            throw Missing($"{Variable} names libtorch {found} in '{requested}', which is too old: 1.13 or newer is needed.");
        if (found != built)
            throw Missing($"{Variable} names libtorch {found} in '{requested}', but this build is for libtorch {built}. Run Install-CnnRuntime (in the sources: {Variable}='{requested}' ./build.sh build).");
    }

    private static BackendException Missing(string message, Exception? inner = null) => new(BackendFailure.RuntimeMissing, message, inner);
}
