using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

#pragma warning disable CS1591 // The names are TorchSharp's and PyTorch's, and mean what they mean there: new tensors.

public static partial class torch
{
    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Ops.Empty.Call(size, dtype ?? ScalarType.Float32, device), requires_grad);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        full(size, 0, dtype, device, requires_grad, names);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        full(size, 1, dtype, device, requires_grad, names);

    public static Tensor full(
        long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Ops.Full.Call(size, value, dtype ?? ScalarType.Float32, device), requires_grad);

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Like(Ops.ZerosLike.Call(input), dtype, device), requires_grad);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Like(Ops.OnesLike.Call(input), dtype, device), requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.Arange.Call(start, stop, step, dtype, device).requires_grad_(requires_grad);

    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Named(names, Ops.Rand.Call(size, generator, dtype, device), requires_grad);

    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Named(names, Ops.Randn.Call(size, generator, dtype, device), requires_grad);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.RandPerm.Call(n, generator, dtype ?? ScalarType.Int64, device).requires_grad_(requires_grad);

    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Filled<float>(rawArray, ScalarType.Float32, dimensions, dtype, device), requires_grad);

    public static Tensor tensor(
        long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Filled<long>(dataArray, ScalarType.Int64, dimensions, dtype, device), requires_grad);

    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(names, Filled<byte>(rawArray, ScalarType.Byte, dimensions, dtype, device), requires_grad);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.Cat.Call(tensors.ToArray(), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.Stack.Call(tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.Where.Call(condition, x, y);

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    private static Tensor Filled<T>(
        ReadOnlySpan<T> data, ScalarType own, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device) where T : unmanaged
    {
        var result = empty(dimensions.ToArray(), own);
        var bytes = MemoryMarshal.AsBytes(data);
        if (bytes.Length != result.NumberOfElements * result.ElementSize)
        {
            result.Dispose();
            throw new ArgumentException($"{data.Length} values do not fill a tensor of [{string.Join(", ", dimensions.ToArray())}].", nameof(data));
        }
        bytes.CopyTo(result.bytes);
        return Like(result, dtype, device);
    }

    /// <summary>Converts where asked, and frees what was converted.</summary>
    private static Tensor Like(Tensor made, ScalarType? dtype, Device? device)
    {
        if ((dtype is null || dtype == made.dtype) && (device is null || device.type == DeviceType.CPU && made.device_type == DeviceType.CPU))
            return made;
        using (made)
            return Ops.To.Call(made, dtype, device, false, false);
    }

    private static Tensor Named(string[]? names, Tensor made, bool requires_grad)
    {
        if (names is not null)
            throw new NotSupportedException("Torch.System has no named dimensions.");
        return requires_grad ? made.requires_grad_() : made;
    }
}
