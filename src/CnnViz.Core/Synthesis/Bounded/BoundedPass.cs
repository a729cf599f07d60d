using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Synthesis.Bounded;

/// <summary>One pass in parts: forward without recording, then back with recording. It serves once.</summary>
/// <param name="interpreter">The network as it is run.</param>
/// <param name="plan">The parts.</param>
/// <param name="view">What the objective sees of the network.</param>
/// <param name="cancellation">Checked between strips.</param>
internal sealed class BoundedPass(Interpreter interpreter, PassPlan plan, ObjectiveView view, CancellationToken cancellation)
{
    // By the positions of their nodes: what the cuts keep, and the gradients that arrive there.
    private readonly Dictionary<int, Tensor> _kept = [];
    private readonly Dictionary<int, Tensor> _arriving = [];

    // What the objective knows of the layers, and its gradients.
    private readonly Dictionary<ObjectivePart, Tensor> _sums = [];
    private readonly Dictionary<int, Tensor> _layers = [];
    private readonly Dictionary<ObjectivePart, Tensor> _toSums = [];
    private readonly Dictionary<int, Tensor> _toLayers = [];

    /// <summary>The gradient, as <see cref="PictureGradient.Of"/> gives it.</summary>
    public Tensor Gradient(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores)
    {
        using var scope = NewDisposeScope();
        var score = objective.Value(Look(image, input.detach()));
        scores = TensorTransfer.ToArray(score.detach());
        var total = score.sum();
        var gradient = Backward(total);
        var found = BackwardPass.Gradients([total, input], [values], [ones_like(total), gradient]);
        return found[0].MoveToOuterDisposeScope();
    }

    /// <summary>What the objective is to be computed from.</summary>
    /// <param name="image">The pictures.</param>
    /// <param name="input">The network's input that was made of them.</param>
    public ObjectiveInputs Look(Tensor image, Tensor input)
    {
        _kept[0] = input;
        using (no_grad())
        {
            foreach (var (segment, strips) in plan.Parts)
            {
                for (var i = 0; i < strips; i++)
                    Forward(segment, segment.Strip(i, strips));
            }
        }
        foreach (var values in _sums.Values.Concat(_layers.Values))
            values.requires_grad_();
        return new ObjectiveInputs(image, view.Whole.ToDictionary(layer => layer.Key, layer => _layers[layer.Value], StringComparer.Ordinal))
        {
            Sums = _sums.ToDictionary(sum => sum.Key, sum => new LayerSum(sum.Value, Positions(view.Nodes[((SummedObjective)sum.Key.Objective).Layer]))),
        };
    }

    /// <summary>The gradient of the sum of the objectives with respect to the network's input; the graph of the sum is kept.</summary>
    private Tensor Backward(Tensor total)
    {
        var gradients = BackwardPass.FindGradients([total], [.. _sums.Values, .. _layers.Values], retainGraph: true);
        Assign(_toSums, _sums.Keys, gradients.AsSpan(0, _sums.Count));
        Assign(_toLayers, _layers.Keys, gradients.AsSpan(_sums.Count));
        foreach (var (segment, strips) in plan.Parts.Reverse())
        {
            for (var i = 0; i < strips; i++)
                Backward(segment, segment.Strip(i, strips));
            if (_arriving.Remove(segment.End, out var arrived))
                arrived.Dispose();
            if (segment.Start > 0)
                _kept[segment.Start].Dispose();
        }
        return _arriving.TryGetValue(0, out var gradient) ? gradient : zeros_like(_kept[0]);
    }

    private void Forward(Segment segment, Strip strip)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        foreach (var (node, rows, values) in Run(strip, Given(segment, strip)))
        {
            foreach (var part in view.Summed[node])
                Add(part, ObjectiveView.Sum(part, values, rows.First));
            if (node == segment.End && segment.End != plan.Outline.Last)
                Store(_kept, node, rows, values);
            if (view.Whole.ContainsValue(node))
                Store(_layers, node, rows, values.to(ScalarType.Float32));
        }
    }

    private void Backward(Segment segment, Strip strip)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var given = Given(segment, strip).requires_grad_();
        var (outputs, arriving) = (new List<Tensor>(), new List<Tensor>());
        foreach (var (node, rows, values) in Run(strip, given))
        {
            foreach (var part in view.Summed[node].Where(_toSums.ContainsKey))
            {
                outputs.Add(ObjectiveView.Sum(part, values, rows.First));
                arriving.Add(_toSums[part]);
            }
            if (_arriving.TryGetValue(node, out var gradient) && node == segment.End)
            {
                outputs.Add(values);
                arriving.Add(Rows(gradient, rows));
            }
            if (_toLayers.TryGetValue(node, out gradient))
            {
                outputs.Add(values.to(ScalarType.Float32));
                arriving.Add(Rows(gradient, rows));
            }
        }
        if (outputs.Count == 0)
            return;
        var found = BackwardPass.Gradients(outputs, [given], arriving)[0];
        if (!_arriving.TryGetValue(segment.Start, out var sum))
        {
            if (strip.Given.Count == plan.Outline.Height(segment.Start))
            {
                _arriving[segment.Start] = found.MoveToOuterDisposeScope();
                return;
            }
            _arriving[segment.Start] = sum = zeros_like(_kept[segment.Start]).MoveToOuterDisposeScope();
        }
        Rows(sum, strip.Given).add_(found);
    }

    private Tensor Given(Segment segment, Strip strip) => Rows(_kept[segment.Start], strip.Given).detach();

    private IEnumerable<(int Node, RowRange Rows, Tensor Values)> Run(Strip strip, Tensor given) =>
        strip.Products.Zip(strip.Run(interpreter, given), (product, values) => (product.Node, product.Rows, values));

    private void Add(ObjectivePart part, Tensor sum)
    {
        if (_sums.TryGetValue(part, out var whole))
            whole.add_(sum);
        else
            _sums[part] = sum.MoveToOuterDisposeScope();
    }

    private void Store(Dictionary<int, Tensor> store, int node, RowRange rows, Tensor values)
    {
        if (rows.Count == plan.Outline.Height(node))
        {
            store[node] = values.detach().MoveToOuterDisposeScope();
            return;
        }
        if (!store.TryGetValue(node, out var whole))
        {
            var shape = values.shape;
            store[node] = whole = empty([shape[0], shape[1], plan.Outline.Height(node), shape[3]], values.dtype, values.device).MoveToOuterDisposeScope();
        }
        Rows(whole, rows).copy_(values);
    }

    private long Positions(int node) => plan.Outline.Shape(node, plan.Outline.Height(node)) is [_, var height, var width] ? (long)height * width : 1;

    private static Tensor Rows(Tensor whole, RowRange rows) => whole.dim() == 4 ? whole.narrow(2, rows.First, rows.Count) : whole.alias();

    private static void Assign<TKey>(Dictionary<TKey, Tensor> gradients, IEnumerable<TKey> keys, ReadOnlySpan<Tensor?> values)
        where TKey : notnull
    {
        var i = 0;
        foreach (var key in keys)
        {
            // Null where the objective does not mind.
            if (values[i++] is { } gradient)
                gradients[key] = gradient;
        }
    }
}
