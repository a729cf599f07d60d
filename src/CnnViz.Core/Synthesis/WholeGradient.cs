using CnnViz.Networks;
using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>One pass forward, one back: the fastest way, which keeps every activation up to the deepest layer asked for.</summary>
/// <param name="model">The network.</param>
internal sealed class WholeGradient(CnnModel model) : PictureGradient
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores, CancellationToken cancellation)
    {
        string[] layers = [.. objective.Layers];
        // The answer alone can be had for less. Not so layers: there Adam's first steps go by the signs of gradients that rounding decides.
        var interpreter = layers is [Objective.Output] ? model.Logits() : model.Interpreter();
        var activations = layers.Length == 0 ? [] : interpreter.Run(input, Positions(model.Network, layers));
        var named = layers.Zip(activations).ToDictionary(pair => pair.First, pair => pair.Second.to(ScalarType.Float32), StringComparer.Ordinal);
        var score = objective.Value(new ObjectiveInputs(image, named));
        scores = TensorTransfer.ToArray(score.detach());
        return autograd.grad([score.sum()], [values])[0];
    }

    /// <summary>Where the layers of an objective are.</summary>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>.</exception>
    internal static int[] Positions(Network network, IReadOnlyList<string> layers) =>
        [.. layers.Select(layer => layer == Objective.Output ? network.Nodes.Count - 1 : network.Position(layer))];
}
