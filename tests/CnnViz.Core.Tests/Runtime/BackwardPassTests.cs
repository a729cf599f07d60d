using System.Runtime.InteropServices;
using CnnViz.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Tests.Runtime;

public sealed class BackwardPassTests
{
    [Fact]
    public void A_gradient_that_is_missing_is_null_or_zeros()
    {
        using var scope = NewDisposeScope();
        var (used, unused) = (ones(3).requires_grad_(), ones(2).requires_grad_());
        var output = (used * 2.0).sum();
        var found = BackwardPass.FindGradients([output], [used, unused], retainGraph: true);
        Assert.Equal([2f, 2f, 2f], TensorTransfer.ToArray(found[0]!));
        Assert.Null(found[1]);
        Assert.Equal([0f, 0f], TensorTransfer.ToArray(BackwardPass.Gradients([output], [used, unused])[1]));
    }

    [Fact]
    public void Passes_over_one_graph_do_not_add_up()
    {
        using var scope = NewDisposeScope();
        var input = ones(2).requires_grad_();
        var layer = input * 3.0;
        var output = layer.square().sum();
        for (var i = 0; i < 3; i++)
        {
            var gradients = BackwardPass.Gradients([output], [input, layer], retainGraph: true);
            Assert.Equal([18f, 18f], TensorTransfer.ToArray(gradients[0]));
            Assert.Equal([6f, 6f], TensorTransfer.ToArray(gradients[1]));
        }
        Assert.Null(input.grad);
    }

    /// <summary>With <c>autograd.grad</c> this ended the process.</summary>
    [Fact]
    public void An_error_of_libtorch_is_an_exception()
    {
        using var scope = NewDisposeScope();
        var input = ones(2).requires_grad_();
        Assert.Throws<ExternalException>(() => BackwardPass.Gradient(input * 2.0, input));
        Assert.Throws<ExternalException>(() => BackwardPass.Gradient(input.detach().sum(), input));
        var output = input.square().sum();
        BackwardPass.Gradient(output, input);
        Assert.Throws<ExternalException>(() => BackwardPass.Gradient(output, input));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(OutOfMemoryException))]
    public void An_exception_inside_a_managed_gradient_is_thrown_behind_the_pass(Type kind)
    {
        using var scope = NewDisposeScope();
        var input = ones([2, 2]).requires_grad_();
        var failure = (Exception)Activator.CreateInstance(kind)!;
        var output = (Failing.apply(input * 2.0, failure) * 3.0).sum();
        Assert.Same(failure, Assert.Throws(kind, () => BackwardPass.Gradient(output, input)));
        Assert.Null(input.grad);
        Assert.Equal(12, BackwardPass.Gradient((input * 3.0).sum(), input).sum().ToDouble());
    }

    [Fact]
    public void Products_are_those_of_matmul()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (matrix, other) = (rand([3, 4], generator: generator), rand([4, 5], generator: generator));
        var (stack, row) = (rand([2, 6, 4, 5], generator: generator), rand([4], generator: generator));
        AssertSame(matrix.matmul(other), matrix.Times(other));
        AssertSame(row.matmul(other), row.Times(other));
        AssertSame(matrix.matmul(stack), matrix.Times(stack));
        AssertSame(stack.matmul(other.transpose(0, 1)), stack.Times(other.transpose(0, 1)));
        Assert.Throws<ExternalException>(() => matrix.Times(matrix));
        Assert.Throws<ExternalException>(() => other.Times(stack));
    }

    /// <summary>MKL's products differ in their last bits with the address of their operands.</summary>
    [Fact]
    public void The_same_values_give_the_same_bits_wherever_the_array_lies()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var weights = rand([10, 257], generator: generator);
        var values = TensorTransfer.ToArray(rand([257], generator: generator));
        var results = new HashSet<string>();
        var arrays = new List<object>();
        for (var i = 0; i < 32; i++)
        {
            arrays.Add(new byte[8 * (i % 9) + 3]);
            arrays.Add(values.Clone());
            var input = TensorTransfer.ToNative((float[])arrays[^1], [1, 257]);
            results.Add(Convert.ToHexString(nn.functional.linear(input, weights).bytes));
        }
        Assert.Single(results);
    }

    private static void AssertSame(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.InRange((expected - found).abs().max().ToDouble(), 0, 1e-5);
    }

    private sealed class Failing : GuardedFunction<Failing>
    {
        protected override Tensor Forward(autograd.AutogradContext context, object[] arguments)
        {
            context.save_data(nameof(Exception), arguments[1]);
            return ((Tensor)arguments[0]).clone();
        }

        protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient) =>
            throw (Exception)context.get_data(nameof(Exception));
    }
}
