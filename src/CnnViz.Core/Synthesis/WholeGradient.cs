using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Runtime;
using CnnViz.Synthesis.Bounded;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>One pass forward, one back: the fastest way, which keeps every activation up to the deepest layer asked for.</summary>
/// <param name="interpreter">Runs the network.</param>
internal sealed class WholeGradient(Interpreter interpreter) : PictureGradient
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores, CancellationToken cancellation)
    {
        var score = objective.Value(Look(image, input, objective));
        scores = TensorTransfer.ToArray(score.detach());
        return BackwardPass.Gradient(score.sum(), values);
    }

    /// <inheritdoc/>
    public override ObjectiveInputs Look(Tensor input, Objective objective, CancellationToken cancellation) => Look(input, input, objective);

    private ObjectiveInputs Look(Tensor image, Tensor input, Objective objective)
    {
        var view = new ObjectiveView(interpreter.Network, objective);
        var (sums, layers) = (new Dictionary<ObjectivePart, LayerSum>(), new Dictionary<string, Tensor>(StringComparer.Ordinal));
        if (view.Nodes.Count > 0)
            interpreter.Run(input, [.. view.Nodes.Values], See);
        return new ObjectiveInputs(image, layers) { Sums = sums };

        // The way back begins with what was computed last. So what a layer adds to its own gradient is made when the gradient of what is behind it is there, and
        // does not lie in memory until then.
        void See(int node, Tensor values)
        {
            foreach (var part in view.Summed[node])
                sums[part] = new LayerSum(Sum(part, values).MoveToOuterDisposeScope(), values.dim() == 4 ? values.shape[2] * values.shape[3] : 1);
            foreach (var (layer, _) in view.Whole.Where(pair => pair.Value == node))
                layers[layer] = values.to(ScalarType.Float32).alias().MoveToOuterDisposeScope();
        }
    }

    private static Tensor Sum(ObjectivePart part, Tensor values)
    {
        // What is made on the way may be as large as the layer.
        using var scope = NewDisposeScope();
        return ObjectiveView.Sum(part, values, 0).MoveToOuterDisposeScope();
    }
}
