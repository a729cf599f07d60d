using System.Diagnostics;
using TorchSharp;

namespace CnnViz.Backend;

/// <summary>What computes tensors here: the libtorch that TorchSharp's packages bring.</summary>
public static class TorchRuntime
{
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
                $"libtorch could not be loaded: {missing.GetBaseException().Message.Split('\n')[0]} Its packages are for "
                + "Windows and Linux on x64 and for macOS on arm64; elsewhere build with TorchBackend=System.", missing);
        }
    }
}
