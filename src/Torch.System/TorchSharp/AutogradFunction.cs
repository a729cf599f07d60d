using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function's forward keeps for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];
            private List<Tensor> _saved = [];

            internal AutogradContext()
            {
            }

            /// <summary>Keeps tensors for the backward. They are taken over when forward has returned: one that it disposes is not there any more.</summary>
            public void save_for_backward(List<Tensor> tensors) => _saved = tensors;

            /// <summary>The tensors that were kept.</summary>
            public List<Tensor> get_saved_variables() => _saved;

            /// <summary>Keeps an object under a key.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>The object that was kept under a key.</summary>
            public object get_data(string key) => _data[key];

            /// <summary>Makes what forward saved the context's own. An alias would know the result it is of, and with it the graph that owns this context: neither would be freed.</summary>
            internal void Commit() => _saved = _saved.ConvertAll(tensor => tensor.detach().DetachFromDisposeScope());

            /// <summary>Frees what was kept.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Frees what was kept.</summary>
            protected virtual void Dispose(bool disposing)
            {
                foreach (var tensor in _saved)
                    tensor.Dispose();
                _saved = [];
            }
        }

        /// <summary>The common part of functions with a managed backward.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            /// <summary>The name, for messages.</summary>
            public abstract string Name { get; }
        }

        /// <summary>A function of tensors with one result, whose forward and backward are managed code.</summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            private static readonly T Instance = new();

            /// <summary>Computes the result; nothing in it is recorded for gradients.</summary>
            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            /// <summary>The gradients for each of forward's arguments; null for one that is no tensor.</summary>
            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            /// <summary>Computes the result and links it into the graph.</summary>
            public static Tensor apply(params object[] vars)
            {
                var context = new AutogradContext();
                var inputs = vars.OfType<Tensor>().ToArray();
                var isRecorded = is_grad_enabled() && Array.Exists(inputs, tensor => tensor.requires_grad);
                Tensor result;
                using (no_grad())
                {
                    result = Instance.forward(context, vars);
                    if (isRecorded)
                        context.Commit();
                }
                if (!isRecorded)
                    return result;
                var isTensor = Array.ConvertAll(vars, value => value is Tensor);
                ManagedFunctions.Attach(inputs, result, context, gradient => Instance.backward(context, gradient).Where((_, i) => isTensor[i]).ToArray());
                return result;
            }
        }
    }
}
