using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace CnnViz.Runtime;

/// <summary>
/// Gradients, computed so that an error becomes an exception. <c>autograd.grad</c> of TorchSharp must not be used: its
/// native function lets exceptions of C++ escape, which ends the process, and it gives a gradient that is missing as a
/// tensor without a handle. <c>autograd.backward</c> has neither fault.
/// </summary>
internal static class BackwardPass
{
    [ThreadStatic]
    private static Pass? _underWay;

    private static volatile ExceptionDispatchInfo? _failureElsewhere;

    /// <summary>The gradient of an output, which is a single number; zeros if it does not depend on the input.</summary>
    /// <param name="output">The output.</param>
    /// <param name="input">The input; it requires a gradient.</param>
    /// <param name="retainGraph">True to keep the graph for another backward pass.</param>
    public static Tensor Gradient(Tensor output, Tensor input, bool retainGraph = false) =>
        Gradients([output], [input], null, retainGraph)[0];

    /// <summary>The gradients of a weighted sum of outputs; zeros for inputs that it does not depend on.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="inputs">The inputs; each requires a gradient.</param>
    /// <param name="weights">A weight for each value of each output; null if each output is a single number.</param>
    /// <param name="retainGraph">True to keep the graph for another backward pass.</param>
    public static Tensor[] Gradients(
        IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? weights = null, bool retainGraph = false)
    {
        var found = FindGradients(outputs, inputs, weights, retainGraph);
        return [.. found.Select((gradient, i) => gradient ?? zeros_like(inputs[i]))];
    }

    /// <summary>As <see cref="Gradients"/>, but null for inputs that the outputs do not depend on.</summary>
    public static Tensor?[] FindGradients(
        IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? weights = null, bool retainGraph = false)
    {
        var (outer, earlierFailure) = (_underWay, _failureElsewhere);
        var pass = _underWay = new Pass();
        var gradients = new Tensor?[inputs.Count];
        // What another pass left at an input that is the output of an operation would be added to.
        foreach (var input in inputs)
            input.grad = null;
        try
        {
            autograd.backward(outputs, weights, retainGraph, inputs: inputs);
            if (_failureElsewhere != earlierFailure)
                pass.Failure ??= _failureElsewhere;
            pass.Failure?.Throw();
            for (var i = 0; i < gradients.Length; i++)
                gradients[i] = inputs[i].grad;
            return gradients;
        }
        finally
        {
            _underWay = outer;
            foreach (var input in inputs)
                input.grad = null;
        }
    }

    /// <summary>
    /// Notes an exception inside a managed part of a backward pass; the pass throws it when libtorch returns. Those of the
    /// processor run on the thread that began them. An accelerator has threads of its own: then every pass that is under
    /// way throws it, for none may give gradients that were computed after a failure.
    /// </summary>
    /// <param name="failure">The exception.</param>
    public static void Fail(Exception failure)
    {
        var captured = ExceptionDispatchInfo.Capture(failure);
        if (_underWay is { } pass)
            pass.Failure ??= captured;
        else
            _failureElsewhere = captured;
    }

    /// <summary>A pass that is under way.</summary>
    private sealed class Pass
    {
        /// <summary>The first exception inside a managed part.</summary>
        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
