using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CnnViz.Tests.Backend;

[Collection(Alone.Name)]
public sealed class TorchTests
{
    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();

    [Fact]
    public void Arguments_are_converted_by_the_schema_of_the_operator()
    {
        using var scope = NewDisposeScope();
        var image = tensor(Enumerable.Range(0, 16).Select(i => (float)i).ToArray(), [1, 1, 4, 4]);
        var pooled = functional.max_pool2d(image, [2, 2]);
        Assert.Equal([5f, 7f, 13f, 15f], Values(pooled));
        Assert.Equal([2.5f, 4.5f, 10.5f, 12.5f], Values(functional.avg_pool2d(image, [2, 2])));
        var (values, indexes) = image.flatten().topk(2);
        Assert.Equal([15f, 14f], Values(values));
        Assert.Equal(ScalarType.Int64, indexes.dtype);
        Assert.Equal(15L, image.argmax().item<long>());
        Assert.Equal(4.760952, image.std().ToDouble(), 5);
    }

    [Fact]
    public void An_error_of_libtorch_becomes_an_exception_with_its_text()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => ones([2, 3]).matmul(ones([2, 3])));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception raised from", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_follow_the_chain_rule()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f, 3f], [3]).requires_grad_();
        var gradient = autograd.grad([(x * x).sum()], [x])[0];
        Assert.Equal([2f, 4f, 6f], Values(gradient));
        Assert.Null(x.grad);
        (x * x * x).sum().backward();
        Assert.Equal([3f, 12f, 27f], Values(x.grad!));
        using (no_grad())
            Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
        Assert.Null(autograd.grad([(x * 2).sum()], [ones([1]).requires_grad_()], allow_unused: true)[0]);
    }

    [Fact]
    public void A_scope_frees_what_was_made_in_it_and_nothing_else()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Tensor kept, moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                moved = (ones([4]) * 2).MoveToOuterDisposeScope();
                kept = zeros([4]).DetachFromDisposeScope();
                ones([3]).Dispose();
            }
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Equal(before + 1, Tensor.TotalCount);
        kept.Dispose();
        kept.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Throws<ObjectDisposedException>(() => kept.shape);
    }

    [Fact]
    public void A_tensor_that_nobody_disposed_is_freed_by_its_finaliser()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Abandon();
        for (var i = 0; i < 10 && Tensor.TotalCount > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Abandon() => _ = ones([1000]) + 1.0;

    [Fact]
    public void Operators_in_place_give_the_tensor_itself_back()
    {
        using var scope = NewDisposeScope();
        var x = ones([2]);
        Assert.Same(x, x.add_((Scalar)2.0).mul_(2).div_((Scalar)3.0));
        Assert.Equal([2f, 2f], Values(x));
    }

    [Fact]
    public void Generators_are_seeded_and_their_state_can_be_taken_up_again()
    {
        using var scope = NewDisposeScope();
        using var first = new Generator(7);
        using var second = new Generator(7);
        Assert.Equal(Values(rand([5], generator: first)), Values(rand([5], generator: second)));
        var state = first.get_state();
        var expected = Values(rand([5], generator: first));
        first.set_state(state);
        Assert.Equal(expected, Values(rand([5], generator: first)));
        Assert.Equal(7, first.initial_seed());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), MemoryMarshal.Cast<byte, long>(randperm(10, generator: second).bytes).ToArray().Order());
    }

    [Fact]
    public void A_managed_backward_is_called_and_freed()
    {
        using (NewDisposeScope())
        {
            var x = tensor([-1f, 2f, 3f], [3]).requires_grad_();
            var y = DoubledGradient.apply(x, 5);
            Assert.Equal([-5f, 10f, 15f], Values(y));
            Assert.Equal([-2f, 4f, 6f], Values(autograd.grad([(y * 1.0).sum()], [x])[0]));
        }
        using (NewDisposeScope())
        {
            var x = tensor([1f], [1]).requires_grad_();
            var error = Assert.Throws<InvalidOperationException>(() => FailingBackward.apply(x).sum().backward());
            Assert.Equal("on purpose", error.Message);
        }
    }

    [Fact]
    public void A_managed_backward_runs_once_unless_the_graph_is_retained()
    {
        using var scope = NewDisposeScope();
        var x = tensor([2f], [1]).requires_grad_();
        var y = (DoubledGradient.apply(x, 5) * 1.0).sum();
        Assert.Equal(Values(autograd.grad([y], [x], retain_graph: true)[0]), Values(autograd.grad([y], [x])[0]));
        Assert.ThrowsAny<Exception>(() => autograd.grad([y], [x]));
    }

    [Fact]
    public void What_a_function_saves_must_be_alive_when_its_forward_returns()
    {
        using var scope = NewDisposeScope();
        var x = tensor([2f], [1]).requires_grad_();
        Assert.Throws<ObjectDisposedException>(() => SavesTheDead.apply(x));
    }

    [Fact]
    public void Bytes_can_be_written_and_lists_of_tensors_come_back()
    {
        using var scope = NewDisposeScope();
        var x = empty([2, 3]);
        MemoryMarshal.AsBytes<float>([1f, 2f, 3f, 4f, 5f, 6f]).CopyTo(x.bytes);
        var parts = x.split([1, 2], 1);
        Assert.Equal([[1f, 4f], [2f, 3f, 5f, 6f]], parts.Select(Values));
        Assert.Equal(Values(x), Values(cat(parts, 1)));
        Assert.Throws<InvalidOperationException>(() => x.transpose(0, 1).bytes.Length);
    }

    [Fact]
    public void A_device_is_read_from_its_description()
    {
        Assert.Equal((DeviceType.CUDA, 1), (device("cuda:1").type, device("cuda:1").index));
        Assert.Throws<ArgumentException>(() => device("gpu"));
    }

    private sealed class DoubledGradient : autograd.SingleTensorFunction<DoubledGradient>
    {
        public override string Name => nameof(DoubledGradient);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            return x * (int)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0] * 2.0, null!];
    }

    private sealed class SavesTheDead : autograd.SingleTensorFunction<SavesTheDead>
    {
        public override string Name => nameof(SavesTheDead);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            using var inner = (Tensor)vars[0] * 2.0;
            ctx.save_for_backward([inner]);
            return inner * 1.0;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * 1.0];
    }

    private sealed class FailingBackward : autograd.SingleTensorFunction<FailingBackward>
    {
        public override string Name => nameof(FailingBackward);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0] * 1.0;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("on purpose");
    }
}
