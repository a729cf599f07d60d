using CnnViz.Objectives;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>One pass forward, one back: the fastest way, which keeps every activation up to the deepest layer asked for.</summary>
/// <param name="model">The network.</param>
/// <param name="isPlain">Runs the network as it stands, operation for operation; else rearranged to answer faster, which gives the same up to rounding.</param>
internal sealed class WholeGradient(CnnModel model, bool isPlain = false) : PictureGradient
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores, CancellationToken cancellation)
    {
        string[] layers = [.. objective.Layers];
        var positions = Array.ConvertAll(layers, layer => Objective.Position(model.Network, layer));
        var interpreter = isPlain ? model.Interpreter() : layers is [Objective.Output] ? model.Logits() : model.Answering();
        var activations = layers.Length == 0 ? [] : interpreter.Run(input, positions);
        var named = layers.Zip(activations).ToDictionary(pair => pair.First, pair => pair.Second.to(ScalarType.Float32), StringComparer.Ordinal);
        var score = objective.Value(new ObjectiveInputs(image, named));
        scores = TensorTransfer.ToArray(score.detach());
        return autograd.grad([score.sum()], [values])[0];
    }
}
