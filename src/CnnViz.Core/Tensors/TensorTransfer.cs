using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnViz;

/// <summary>Copies between libtorch's memory and managed memory: the border that no native tensor crosses.</summary>
internal static class TensorTransfer
{
    /// <summary>A managed copy, as float32.</summary>
    /// <param name="tensor">Any tensor; it is not disposed.</param>
    /// <param name="layout">A letter for each extent; by the rank where null.</param>
    public static CnnTensor ToManaged(Tensor tensor, string? layout = null) =>
        new(ToArray(tensor), Array.ConvertAll(tensor.shape, extent => (int)extent), layout);

    /// <summary>A managed copy of the values, as float32, in row-major order.</summary>
    public static float[] ToArray(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().to(ScalarType.Float32, CPU).contiguous().bytes).ToArray();
    }

    /// <summary>A native copy on a device.</summary>
    public static Tensor ToNative(CnnTensor tensor, Device? device = null) =>
        ToNative(tensor.Data, Array.ConvertAll(tensor.Shape, extent => (long)extent), device);

    /// <summary>
    /// A native copy on a device. TorchSharp itself uses the array's memory, which lies on any multiple of 8 bytes, and
    /// matrix products of MKL differ in their last bits with that; libtorch's own memory lies on multiples of 64.
    /// </summary>
    /// <param name="values">The values in row-major order.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="device">The device; null for the processor.</param>
    public static Tensor ToNative(float[] values, long[] shape, Device? device = null)
    {
        using var shared = tensor(values, shape);
        return device is null || device.type == TorchSharp.DeviceType.CPU ? shared.clone() : shared.to(device);
    }
}
