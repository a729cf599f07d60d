using System.Runtime.InteropServices;
using System.Runtime.Loader;
using CnnViz.Files;
using SkiaSharp;
using TorchSharp;

namespace CnnViz.Runtime;

/// <summary>
/// Finds and loads the native libraries: those of TorchSharp and SkiaSharp from one folder, which the build fills and
/// the packed module contains, and libtorch from there, from the folder in <c>CNNVIZ_LIBTORCH</c>, or from where
/// Install-CnnRuntime put it. TorchSharp's own search, which may end with a copy of all of libtorch, never runs.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>The environment variable that names the folder of another build of libtorch, or its <c>lib</c>.</summary>
    public const string LibTorchVariable = "CNNVIZ_LIBTORCH";

    /// <summary>The setting in a program's runtimeconfig.json with the folder above the platforms' folders.</summary>
    private const string FolderSetting = "CnnViz.NativeFolder";

    /// <summary>Libraries of Microsoft's Visual C++ that libtorch needs on Windows.</summary>
    private static readonly string[] VisualCppLibraries = ["MSVCP140.dll", "VCRUNTIME140.dll", "VCRUNTIME140_1.dll"];

    private static readonly Lock Gate = new();
    private static nint _torchSharp;
    private static bool _isSkiaSharpRegistered;

    /// <summary>The folder of the libraries of TorchSharp and SkiaSharp for this platform.</summary>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>.</exception>
    public static string Folder => Path.Join(PlatformsFolder, NativePlatform.Current.Identifier, "native");

    /// <summary>The folder that Install-CnnRuntime puts libtorch into.</summary>
    /// <exception cref="CnnVizException"><c>PlatformUnsupported</c>.</exception>
    public static string InstallFolder =>
        Path.Join(CacheFolder.Path, "libtorch", LibTorchVersion.Expected, NativePlatform.Current.Identifier);

    /// <summary>The file of the library that computes on the processor, once libtorch is loaded.</summary>
    public static string? TorchCpuFile { get; private set; }

    /// <summary>Whether a libtorch is found, without loading it.</summary>
    public static bool HasLibTorch => LibTorchFolders.Any(folder => File.Exists(Path.Join(folder, NativePlatform.Current.TorchCpu)));

    /// <summary>The folders to look for libtorch in: the one that the user names and no other, or the module's own.</summary>
    private static string[] LibTorchFolders => Chosen is { } chosen ? [chosen, Path.Join(chosen, "lib")] : [Folder, InstallFolder];

    private static string? Chosen => Environment.GetEnvironmentVariable(LibTorchVariable) is { Length: > 0 } chosen ? chosen : null;

    private static string PlatformsFolder => AppContext.GetData(FolderSetting) is string { Length: > 0 } setting
        ? Path.GetFullPath(setting, AppContext.BaseDirectory)
        : Path.Join(Path.GetDirectoryName(typeof(NativeLibraries).Assembly.Location), "runtimes");

    /// <summary>Loads libtorch and TorchSharp's library where that has not been done. A failure is tried again.</summary>
    /// <exception cref="CnnVizException"><c>RuntimeMissing</c>, <c>RuntimeVersionMismatch</c>,
    /// <c>RuntimeArchitectureMismatch</c>, <c>PlatformUnsupported</c>.</exception>
    public static void LoadLibTorch()
    {
        lock (Gate)
        {
            if (_torchSharp != 0)
                return;
            var torchSharp = LoadTorchSharp();
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => Resolve(name));
            // TorchSharp asks for its libraries by name before its first call, past the resolver.
            AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += (_, name) => Resolve(name);
            _torchSharp = torchSharp;
        }
    }

    /// <summary>Loads SkiaSharp's library from <see cref="Folder"/> where that has not been done.</summary>
    public static void RegisterSkiaSharp()
    {
        lock (Gate)
        {
            if (_isSkiaSharpRegistered)
                return;
            // Loaded here, since an exception in the resolver would come out of SkiaSharp as another one.
            var skiaSharp = Load(Path.Join(Folder, NativePlatform.Current.SkiaSharp));
            NativeLibrary.SetDllImportResolver(typeof(SKCodec).Assembly, (name, _, _) => name == "libSkiaSharp" ? skiaSharp : 0);
            _isSkiaSharpRegistered = true;
        }
    }

    /// <summary>An exported function of the library that computes on the processor; 0 where there is none.</summary>
    /// <param name="name">The exported name.</param>
    public static nint TorchCpuExport(string name) =>
        NativeLibrary.TryGetExport(NativeLibrary.Load(TorchCpuFile!), name, out var address) ? address : 0;

    /// <summary>TorchSharp's library, or one beside libtorch such as torch_cuda; 0 where there is none of the name.</summary>
    private static nint Resolve(string name)
    {
        if (name == "LibTorchSharp")
            return _torchSharp;
        var pattern = NativePlatform.Current.TorchCpu;
        var path = Path.Join(Path.GetDirectoryName(TorchCpuFile), pattern.Replace("torch_cpu", name, StringComparison.Ordinal));
        return File.Exists(path) ? NativeLibrary.Load(path) : 0;
    }

    private static nint LoadTorchSharp()
    {
        var platform = NativePlatform.Current;
        var folder = FindLibTorch(platform);
        // LibTorchSharp looks for libtorch beside itself alone, so that libtorch has to be there before it.
        foreach (var path in platform.LibTorchRoots.Select(name => Path.Join(folder, name)).Where(File.Exists))
            Load(path);
        TorchCpuFile = Path.Join(folder, platform.TorchCpu);
        LibTorchVersion.Check(folder, TorchCpuExport("aoti_torch_abi_version"));
        return Load(Path.Join(Folder, platform.TorchSharp));
    }

    private static string FindLibTorch(NativePlatform platform) =>
        Array.Find(LibTorchFolders, folder => File.Exists(Path.Join(folder, platform.TorchCpu)))
        ?? throw Errors.LibTorchNotFound(platform.TorchCpu, LibTorchFolders, isChosen: Chosen is not null);

    private static nint Load(string path)
    {
        if (!File.Exists(path))
            throw Errors.NativeLibraryNotFound(path);
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            var expected = NativePlatform.Current.Machine;
            if (NativeFile.MachineOf(path) is { } found && found != expected)
                throw Errors.RuntimeArchitectureMismatch(path, found, expected, failure);
            string[] missing = OperatingSystem.IsWindows() ? [.. VisualCppLibraries.Where(name => !NativeLibrary.TryLoad(name, out _))] : [];
            throw missing.Length > 0
                ? Errors.VisualCppMissing(path, missing, failure)
                : Errors.NativeLibraryUnloadable(path, failure);
        }
    }
}
