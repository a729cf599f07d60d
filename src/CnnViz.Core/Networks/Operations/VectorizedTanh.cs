using static TorchSharp.torch;

namespace CnnViz.Networks.Operations;

/// <summary>
/// tanh x as 2/(1 + e⁻²ˣ) − 1, for training: libtorch computes the logistic function with vectors and tanh number by number. The two differ by rounding,
/// at most 2·10⁻⁷.
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
    private sealed class Function : autograd.SingleTensorFunction<Function>
    {
        /// <inheritdoc/>
        public override string Name => nameof(VectorizedTanh);

        /// <inheritdoc/>
        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            using var scope = NewDisposeScope();
            var result = ((Tensor)vars[0] * 2.0).sigmoid_().mul_(2).add_(-1);
            ctx.save_for_backward([result]);
            return result.MoveToOuterDisposeScope();
        }

        /// <inheritdoc/>
        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var scope = NewDisposeScope();
            var result = ctx.get_saved_variables()[0];
            // Operators on tensors of different memory layouts are not vectorised.
            var gradient = grad_output.contiguous();
            return [gradient.addcmul(gradient * result, result, -1).MoveToOuterDisposeScope()];
        }
    }
}
