using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Native;

namespace CnnViz.Backend;

/// <summary>What computes tensors here: the libtorch on the machine, called through its dispatcher.</summary>
public static unsafe class TorchRuntime
{
    [ThreadStatic]
    private static (string Configuration, string Threading) _described;

    /// <summary>The backend's name.</summary>
    public static string Name => "Torch.System";

    /// <summary>The version of libtorch. Loads it.</summary>
    /// <exception cref="BackendException">libtorch is missing or does not fit.</exception>
    public static string LibTorchVersion => torch.__version__;

    /// <summary>The folder of the libtorch in use.</summary>
    public static string LibTorchDirectory => Marshal.PtrToStringUTF8(NativeMethods.cnnviz_torch_directory())!;

    /// <summary>libtorch's own account of how it was built: compiler, BLAS, oneDNN, instruction sets.</summary>
    public static string Configuration => Describe().Configuration;

    /// <summary>libtorch's own account of its threads.</summary>
    public static string Threading => Describe().Threading;

    /// <summary>What is needed beside the assembly: two libraries that are built against the libtorch and the libvips of the machine.</summary>
    /// <param name="directory">The folder of the assembly, with the sources in <c>native</c>.</param>
    public static NativeParts PartsIn(string directory) => new([], new NativeBuild(
        Path.Join(directory, "native"),
        [$"-DCNNVIZ_LIBTORCH={Environment.GetEnvironmentVariable(NativeLoader.Variable)}"],
        ["cmake", "c++", "pkg-config"],
        "Debian and Ubuntu: apt-get install cmake g++ pkg-config libtorch-dev libopenblas0-openmp libvips-dev",
        [$"lib{NativeLoader.TorchLibrary}.so", $"lib{NativeLoader.ImageLibrary}.so", "libtorch.version"],
        directory));

    private static (string Configuration, string Threading) Describe()
    {
        NativeMethods.Check(NativeMethods.cnnviz_describe(&Receive));
        return _described;
    }

    [UnmanagedCallersOnly]
    private static void Receive(nint configuration, nint threading) =>
        _described = (Marshal.PtrToStringUTF8(configuration)!, Marshal.PtrToStringUTF8(threading)!);
}
