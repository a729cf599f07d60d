using TorchSharp.Native;

namespace TorchSharp;

#pragma warning disable CS1591 // The names are TorchSharp's and PyTorch's, and mean what they mean there: over all or some dimensions.

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Ops.Norm.Call(this, p, new[] { (long)dim }, keepdim);

        public Tensor sum(ScalarType? type = null) => Ops.Sum.Call(this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.SumDim.Call(this, new[] { dim }, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.SumDim.Call(this, dim, keepdim, type);

        public Tensor mean() => Ops.Mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.MeanDim.Call(this, dimensions, keepdim, type);

        public Tensor std(bool unbiased = true) => Ops.Std.Call(this, Argument.None, unbiased ? 1L : 0L, Argument.None);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.Std.Call(type is null ? this : to_type(type.Value), dimensions, unbiased ? 1L : 0L, keepdim);

        public Tensor var(bool unbiased = true) => Ops.Var.Call(this, Argument.None, unbiased ? 1L : 0L, Argument.None);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.Var.Call(type is null ? this : to_type(type.Value), dimensions, unbiased ? 1L : 0L, keepdim);

        public Tensor max() => Ops.Max.Call(this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.MaxDim.CallTwo(this, dim, keepdim);

        public Tensor min() => Ops.Min.Call(this);

        public Tensor amax(params long[] dims) => Ops.AMax.Call(this, dims, Argument.None);

        public Tensor amin(params long[] dims) => Ops.AMin.Call(this, dims, Argument.None);

        public Tensor argmax() => Ops.ArgMax.Call(this, Argument.None, Argument.None);

        public Tensor argmax(long dim, bool keepdim = false) => Ops.ArgMax.Call(this, dim, keepdim);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.TopK.CallTwo(this, k, dim, largest, sorted);

        public Tensor argsort(long dim = -1, bool descending = false) => Ops.ArgSort.Call(this, dim, descending);

        public Tensor any() => Ops.Any.Call(this);

        public Tensor all() => Ops.All.Call(this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.Softmax.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.LogSoftmax.Call(this, dim, dtype);

        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.LogSumExp.Call(this, new[] { dim }, keepdim);
    }
}
