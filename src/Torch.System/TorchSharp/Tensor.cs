using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor in libtorch's memory. Dispose it, or make it within a <see cref="NewDisposeScope"/>.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;
        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            var count = Interlocked.Increment(ref _totalCount);
            if (count > _peakCount)
                _peakCount = count;
            DisposeScope.Innermost?.Attach(this);
        }

        /// <summary>Frees a tensor that nobody disposed.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>The tensors of this process that are not yet freed.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        /// <summary>The largest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => Interlocked.Read(ref _peakCount);

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Tensor));

        /// <summary>True once it has been disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The number of dimensions.</summary>
        public long ndim => NativeMethods.cnnviz_tensor_dim(Handle);

        /// <summary>The extents, outermost first.</summary>
        public long[] shape => Extents().Shape;

        /// <summary>The element type.</summary>
        public ScalarType dtype => (ScalarType)NativeMethods.cnnviz_tensor_dtype(Handle);

        /// <summary>Where it is kept.</summary>
        public Device device => new(device_type, NativeMethods.cnnviz_tensor_device_index(Handle));

        /// <summary>The kind of device it is on.</summary>
        public DeviceType device_type => (DeviceType)NativeMethods.cnnviz_tensor_device_type(Handle);

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => NativeMethods.cnnviz_tensor_numel(Handle);

        /// <summary>Bytes an element.</summary>
        public long ElementSize => NativeMethods.cnnviz_tensor_element_size(Handle);

        /// <summary>True where operations on it are recorded for gradients.</summary>
        public bool requires_grad
        {
            get => NativeMethods.cnnviz_tensor_requires_grad(Handle) != 0;
            set => NativeMethods.Check(NativeMethods.cnnviz_tensor_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>True where no recorded operation made it.</summary>
        public bool is_leaf => NativeMethods.cnnviz_tensor_is_leaf(Handle) != 0;

        /// <summary>The gradient that backward left here; null where there is none.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.cnnviz_tensor_grad(Handle, out var gradient));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set => NativeMethods.Check(NativeMethods.cnnviz_tensor_set_grad(Handle, value?.Handle ?? 0));
        }

        /// <summary>Its memory, valid as long as it lives; it must be contiguous, on the processor, and below 2 GiB.</summary>
        /// <exception cref="InvalidOperationException">It is elsewhere, not contiguous, or too large.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                var size = NumberOfElements * ElementSize;
                if (device_type != DeviceType.CPU || !is_contiguous() || size > int.MaxValue)
                    throw new InvalidOperationException("Only a contiguous tensor on the processor below 2 GiB can be read as bytes.");
                NativeMethods.Check(NativeMethods.cnnviz_tensor_data(Handle, out var data));
                return new Span<byte>((void*)data, (int)size);
            }
            set => value.CopyTo(bytes);
        }

        internal DisposeScope? Scope { get; set; }

        /// <summary>The number of dimensions.</summary>
        public long dim() => ndim;

        /// <summary>The number of elements.</summary>
        public long numel() => NumberOfElements;

        /// <summary>One extent; a negative number counts from the last.</summary>
        public long size(int dim) => shape[dim < 0 ? dim + (int)ndim : dim];

        /// <summary>The steps between neighbours along each dimension, in elements.</summary>
        public long[] stride() => Extents().Strides;

        /// <summary>True where its elements lie in row-major order without gaps.</summary>
        public bool is_contiguous() => NativeMethods.cnnviz_tensor_is_contiguous(Handle) != 0;

        /// <summary>Switches recording for gradients and returns this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The value of a tensor of one element.</summary>
        public T item<T>() where T : struct
        {
            var value = Ops.Item.CallScalar(this);
            return (T)Convert.ChangeType(value.IsReal ? value.Real : value.Integer, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>Adds the gradients of this scalar to the <c>grad</c> of the leaves.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Lets it out of its scope: nothing disposes it but its owner.</summary>
        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        /// <summary>Gives it to the scope around its own; lets it out where there is none.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Frees the native tensor.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Type, shape and device.</summary>
        public override string ToString() => IsInvalid ? "[disposed]" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        /// <summary>Frees the native tensor once.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                return;
            if (disposing)
            {
                Scope?.Forget(this);
                Scope = null;
            }
            NativeMethods.cnnviz_tensor_free(handle);
            Interlocked.Decrement(ref _totalCount);
        }

        [SkipLocalsInit]
        private unsafe (long[] Shape, long[] Strides) Extents()
        {
            var shape = new long[ndim];
            var strides = new long[shape.Length];
            fixed (long* first = shape)
            fixed (long* second = strides)
                NativeMethods.cnnviz_tensor_sizes(Handle, first, second);
            return (shape, strides);
        }
    }
}

/// <summary>Reads the value of a tensor of one element.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The value as a 32-bit number.</summary>
    public static float ToSingle(this torch.Tensor value) => (float)Ops.Item.CallScalar(value).ToDouble();

    /// <summary>The value as a 64-bit number.</summary>
    public static double ToDouble(this torch.Tensor value) => Ops.Item.CallScalar(value).ToDouble();

    /// <summary>The value as a 64-bit integer.</summary>
    public static long ToInt64(this torch.Tensor value) => Ops.Item.CallScalar(value).ToInt64();
}
