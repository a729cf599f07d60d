using CnnViz.Networks;
using CnnViz.Objectives;
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
        return autograd.grad([score.sum()], [values])[0];
    }

    /// <inheritdoc/>
    public override ObjectiveInputs Look(Tensor input, Objective objective, CancellationToken cancellation) => Look(input, input, objective);

    private ObjectiveInputs Look(Tensor image, Tensor input, Objective objective)
    {
        string[] layers = [.. objective.Layers];
        var activations = layers.Length == 0 ? [] : interpreter.Run(input, Array.ConvertAll(layers, layer => Objective.Position(interpreter.Network, layer)));
        return new ObjectiveInputs(image, layers.Zip(activations).ToDictionary(pair => pair.First, pair => pair.Second.to(ScalarType.Float32), StringComparer.Ordinal));
    }
}
