using TorchSharp.Native;

namespace TorchSharp;

/// <summary>TorchSharp's <c>torch</c>, as far as CnnViz uses it, over the libtorch on the machine.</summary>
public static partial class torch
{
    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The first GPU.</summary>
    public static Device CUDA => new(DeviceType.CUDA, 0);

    /// <summary>32-bit floating point.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary>64-bit floating point.</summary>
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary>bfloat16 floating point.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>64-bit integer.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary>Unsigned byte.</summary>
    public static ScalarType uint8 = ScalarType.Byte;

    /// <summary>The version of libtorch.</summary>
    public static string __version__ => System.Runtime.InteropServices.Marshal.PtrToStringUTF8(NativeMethods.cnnviz_torch_version())!;

    /// <summary>A device by its description, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public static Device device(string description) => new(description);

    /// <summary>The threads that an operator may use.</summary>
    public static int get_num_threads() => NativeMethods.cnnviz_threads();

    /// <summary>Sets the threads that an operator may use.</summary>
    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.cnnviz_set_threads(num));

    /// <summary>Opens a scope that disposes the tensors made in it, on this thread, when it is closed.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScope.Open();

    /// <summary>True while operations are recorded for gradients.</summary>
    public static bool is_grad_enabled() => NativeMethods.cnnviz_grad_enabled() != 0;

    /// <summary>Switches recording off on this thread until it is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Switches recording on, or off, on this thread until it is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Element types, numbered as libtorch numbers them.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned byte.</summary>
        Byte = 0,

        /// <summary>Signed byte.</summary>
        Int8 = 1,

        /// <summary>16-bit integer.</summary>
        Int16 = 2,

        /// <summary>32-bit integer.</summary>
        Int32 = 3,

        /// <summary>64-bit integer.</summary>
        Int64 = 4,

        /// <summary>16-bit floating point.</summary>
        Float16 = 5,

        /// <summary>32-bit floating point.</summary>
        Float32 = 6,

        /// <summary>64-bit floating point.</summary>
        Float64 = 7,

        /// <summary>Truth value.</summary>
        Bool = 11,

        /// <summary>16-bit floating point with an 8-bit exponent.</summary>
        BFloat16 = 15,
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _previous = is_grad_enabled();

        public GradMode(bool enabled) => NativeMethods.cnnviz_grad_set_enabled(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.cnnviz_grad_set_enabled(_previous ? 1 : 0);
    }

    /// <summary>GPUs.</summary>
    public static class cuda
    {
        /// <summary>True where libtorch can use a GPU.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>The GPUs that libtorch can use.</summary>
        public static int device_count() => NativeMethods.cnnviz_cuda_devices();

        /// <summary>Waits until the GPU has done what it was given.</summary>
        public static void synchronize(Device? device = null) => NativeMethods.Check(NativeMethods.cnnviz_cuda_synchronize(device?.index ?? 0));
    }
}
