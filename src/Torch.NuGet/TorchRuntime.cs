using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CnnViz.Backend;

/// <summary>What computes tensors here: the libtorch that TorchSharp's packages bring.</summary>
public static class TorchRuntime
{
    private const string PackageTable = "libtorch-packages.tsv";

    /// <summary>The backend's name.</summary>
    public static string Name => "Torch.NuGet";

    /// <summary>The version of libtorch. Loads it.</summary>
    /// <exception cref="BackendException">libtorch is missing or does not fit.</exception>
    public static string LibTorchVersion => Loaded(() => torch.__version__);

    /// <summary>The folder that libtorch was loaded from.</summary>
    /// <exception cref="BackendException">libtorch is missing or does not fit.</exception>
    public static string LibTorchDirectory => Loaded(() =>
    {
        using var process = Process.GetCurrentProcess();
        var libraries = process.Modules.Cast<ProcessModule>().Select(module => module.FileName);
        return Path.GetDirectoryName(libraries.First(file => Path.GetFileName(file).Contains("torch_cpu", StringComparison.Ordinal)))!;
    });

    /// <summary>How libtorch was built, as far as its packages tell: the official builds have their BLAS inside.</summary>
    /// <exception cref="BackendException">libtorch is missing or does not fit.</exception>
    public static string Configuration =>
        $"libtorch-cpu {LibTorchVersion} from NuGet, BLAS: {(OperatingSystem.IsMacOS() ? "Accelerate" : "Math Kernel Library")}";

    /// <summary>libtorch's threads.</summary>
    /// <exception cref="BackendException">libtorch is missing or does not fit.</exception>
    public static string Threading =>
        Loaded(() => $"{torch.get_num_threads()} threads within an operator, {torch.get_num_interop_threads()} between operators");

    /// <summary>What is needed beside the assembly: libtorch, where the module was packed without it.</summary>
    /// <param name="directory">The folder of the assembly, with the table of packages that packing made; without one libtorch is there already.</param>
    public static NativeParts PartsIn(string directory)
    {
        var table = Path.Join(directory, PackageTable);
        return new(File.Exists(table) ? [.. File.ReadLines(table).Select(line => Package(line.Split('\t'), directory)).OfType<NativePackage>()] : [], null);
    }

    /// <summary>A row: package, version, bytes, SHA-512 in hex. Null for another platform's.</summary>
    private static NativePackage? Package(string[] cells, string directory)
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var platform = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var (id, version) = (cells[0].ToLowerInvariant(), cells[1]);
        return id.EndsWith(platform, StringComparison.Ordinal)
            ? new NativePackage(
                $"{id}.{version}",
                new Uri($"https://api.nuget.org/v3-flatcontainer/{id}/{version}/{id}.{version}.nupkg"),
                long.Parse(cells[2], CultureInfo.InvariantCulture),
                cells[3].ToLowerInvariant(),
                $"runtimes/{platform}/native/",
                Path.Join(directory, "runtimes", platform, "native"))
            : null;
    }

    private static T Loaded<T>(Func<T> property)
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            return property();
        }
        catch (Exception missing) when (missing is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            // TorchSharp's message ends with a page of search paths, which stay with the inner exception.
            throw new BackendException(BackendFailure.RuntimeMissing,
                $"libtorch could not be loaded: {missing.GetBaseException().Message.Split('\n')[0]} Where the module came without it, Install-CnnRuntime fetches it. Its packages are for "
                + "Windows and Linux on x64 and for macOS on arm64; elsewhere build with TorchBackend=System.", missing);
        }
    }
}
