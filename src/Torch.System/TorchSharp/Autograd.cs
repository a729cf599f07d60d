using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of the outputs with respect to the inputs, without touching any tensor's <c>grad</c>.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">The gradients that arrive at the outputs; null for scalars.</param>
        /// <param name="retain_graph">Keep the graph for another call.</param>
        /// <param name="create_graph">Make the gradients differentiable themselves.</param>
        /// <param name="allow_unused">An input that plays no part gives null instead of an error.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var results = new nint[inputs.Count];
            NativeMethods.Check(NativeMethods.cnnviz_grad(
                Handles(outputs), Handles(grad_outputs), outputs.Count, Handles(inputs), inputs.Count,
                retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, results));
            KeepAlive(outputs, inputs, grad_outputs);
            return Array.ConvertAll(results, handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Adds the gradients of the tensors to the <c>grad</c> of the leaves, or of <paramref name="inputs"/> only.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            NativeMethods.Check(NativeMethods.cnnviz_backward(
                Handles(tensors), Handles(grad_tensors), tensors.Count, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0, Handles(inputs), inputs?.Count ?? 0));
            KeepAlive(tensors, grad_tensors, inputs);
        }

        private static nint[]? Handles(IList<Tensor>? tensors)
        {
            if (tensors is null)
                return null;
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++)
                handles[i] = tensors[i].Handle;
            return handles;
        }

        private static void KeepAlive(params ReadOnlySpan<object?> lists)
        {
            foreach (var list in lists)
                GC.KeepAlive(list);
        }
    }
}
