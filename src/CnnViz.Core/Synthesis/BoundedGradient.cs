using CnnViz.Objectives;
using CnnViz.Synthesis.Bounded;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// The same gradient in parts, for what does not fit into memory at once: a pass forward that keeps nothing but the outputs of a few nodes, and what the
/// objective knows of its layers; then segment by segment from the last to the first, and strip by strip, the same again, recorded, and back.
/// </summary>
/// <param name="model">The network.</param>
/// <param name="memory">The memory it may take.</param>
internal sealed class BoundedGradient(CnnModel model, StepMemory memory) : PictureGradient
{
    private readonly WholeGradient _whole = new(model, isPlain: true); // as its memory was counted

    /// <inheritdoc/>
    /// <exception cref="CnnVizException"><c>MemoryLimitTooSmall</c>.</exception>
    public override Tensor Of(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores, CancellationToken cancellation)
    {
        if (objective.Layers.Count == 0)
            return _whole.Of(values, image, input, objective, out scores, cancellation);
        var plan = memory.Plan((int)input.shape[0], (int)input.shape[2], (int)input.shape[3]);
        return plan.IsWhole
            ? _whole.Of(values, image, input, objective, out scores, cancellation)
            : new BoundedPass(model.Interpreter(), plan, memory.View, cancellation).Gradient(values, image, input, objective, out scores);
    }
}
