using TorchSharp.Native;

namespace TorchSharp;

#pragma warning disable CS1591 // The names are TorchSharp's and PyTorch's, and mean what they mean there: views where that is possible.

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => Ops.Reshape.Call(this, shape);

        public Tensor view(params long[] shape) => Ops.View.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.Flatten.Call(this, start_dim, end_dim);

        public Tensor transpose(long dim0, long dim1) => Ops.Transpose.Call(this, dim0, dim1);

        public Tensor permute(params long[] permutation) => Ops.Permute.Call(this, permutation);

        public Tensor unsqueeze(long dim) => Ops.Unsqueeze.Call(this, dim);

        public Tensor squeeze(long? dim = null) => dim is { } one ? Ops.SqueezeDim.Call(this, one) : Ops.Squeeze.Call(this);

        public Tensor expand(params long[] sizes) => Ops.Expand.Call(this, sizes, Argument.None);

        public Tensor narrow(long dim, long start, long length) => Ops.Narrow.Call(this, dim, start, length);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Ops.AsStrided.Call(this, size, strides, storageOffset);

        public Tensor select(long dim, long index) => Ops.Select.Call(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Ops.Slice.Call(this, dim, start, finish, step);

        public Tensor index_select(long dim, Tensor index) => Ops.IndexSelect.Call(this, dim, index);

        public Tensor gather(long dim, Tensor index) => Ops.Gather.Call(this, dim, index);

        public Tensor flip(params long[] dims) => Ops.Flip.Call(this, dims);

        public Tensor roll(long[] shifts, long[] dims) => Ops.Roll.Call(this, shifts, dims);

        public Tensor repeat(params long[] sizes) => Ops.Repeat.Call(this, sizes);

        public Tensor matmul(Tensor target) => Ops.MatMul.Call(this, target);

        public Tensor bmm(Tensor batch2) => Ops.BMM.Call(this, batch2);

        public Tensor view_as_complex() => Ops.ViewAsComplex.Call(this);

        public Tensor contiguous() => Ops.Contiguous.Call(this);

        public Tensor clone() => Ops.Clone.Call(this);

        public Tensor detach() => Ops.Detach.Call(this);

        public Tensor alias() => Ops.Alias.Call(this);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Converted(Ops.EmptyLike.Call(this), dtype, device).requires_grad_(requires_grad);

        public Tensor[] split(long size, int dim = 0) => Ops.Split.CallList(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Ops.SplitSizes.CallList(this, sizes, dim);

        public Tensor cpu() => to(CPU);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Moved(Ops.To.Call(this, Argument.None, device, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Moved(Ops.To.Call(this, (ScalarType?)type, Argument.None, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Moved(Ops.To.Call(this, (ScalarType?)type, device, non_blocking, copy), disposeAfter);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        private static Tensor Converted(Tensor tensor, ScalarType? dtype, Device? device) =>
            dtype is null && device is null ? tensor : Ops.To.Call(tensor, dtype, device, false, false);

        private Tensor Moved(Tensor result, bool disposeAfter)
        {
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}
