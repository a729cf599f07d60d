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
        // Rearranged to answer faster: every node gives what it gives in the original, and the answer itself can be had for even less.
        var interpreter = layers is [Objective.Output] ? model.Logits() : model.Answering();
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
