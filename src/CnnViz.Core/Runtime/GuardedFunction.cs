using static TorchSharp.torch;

namespace CnnViz.Runtime;

/// <summary>
/// A function with a gradient of its own. libtorch calls the gradient, and an exception that leaves it ends the
/// process; here <see cref="BackwardPass"/> throws it once libtorch has returned.
/// </summary>
/// <typeparam name="T">The function itself.</typeparam>
internal abstract class GuardedFunction<T> : autograd.SingleTensorFunction<T>
    where T : GuardedFunction<T>, new()
{
    private const string ArgumentCount = nameof(ArgumentCount);

    /// <inheritdoc/>
    public sealed override string Name => typeof(T).FullName!;

    /// <inheritdoc/>
    public sealed override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data(ArgumentCount, vars.Length);
        return Forward(ctx, vars);
    }

    /// <inheritdoc/>
    public sealed override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        try
        {
            return Backward(ctx, grad_output);
        }
        catch (Exception failure)
        {
            BackwardPass.Fail(failure);
            // Without gradients: what lies before this function has nothing to compute, and libtorch returns.
            return [.. new Tensor[(int)ctx.get_data(ArgumentCount)]];
        }
    }

    /// <summary>The function's value.</summary>
    /// <param name="context">Keeps what the gradient needs.</param>
    /// <param name="arguments">The function's arguments.</param>
    protected abstract Tensor Forward(autograd.AutogradContext context, object[] arguments);

    /// <summary>The gradients of the arguments; null for one that is no tensor or needs none.</summary>
    /// <param name="context">Has what <see cref="Forward"/> kept.</param>
    /// <param name="gradient">The gradient of the function's value.</param>
    protected abstract List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient);
}
