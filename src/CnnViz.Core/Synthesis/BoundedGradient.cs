using CnnViz.Networks;
using CnnViz.Objectives;
using CnnViz.Synthesis.Bounded;
using static TorchSharp.torch;

namespace CnnViz.Synthesis;

/// <summary>
/// The same gradient in parts, for what does not fit into memory at once: a pass forward that keeps nothing but the outputs of a few nodes, and what the
/// objective knows of its layers; then segment by segment from the last to the first, and strip by strip, the same again, recorded, and back.
/// </summary>
/// <param name="interpreter">Runs the network.</param>
/// <param name="memory">The memory it may take.</param>
/// <param name="whole">What computes at once where that fits, so that it gives the same bits as without a limit.</param>
internal sealed class BoundedGradient(Interpreter interpreter, StepMemory memory, PictureGradient whole) : PictureGradient
{
    /// <inheritdoc/>
    /// <exception cref="CnnVizException"><c>MemoryLimitTooSmall</c>.</exception>
    public override Tensor Of(Tensor values, Tensor image, Tensor input, Objective objective, out float[] scores, CancellationToken cancellation)
    {
        if (objective.Layers.Count == 0)
            return whole.Of(values, image, input, objective, out scores, cancellation);
        var plan = memory.Plan((int)input.shape[0], (int)input.shape[2], (int)input.shape[3]);
        return plan.IsWhole
            ? whole.Of(values, image, input, objective, out scores, cancellation)
            : new BoundedPass(interpreter, plan, memory.View, cancellation).Gradient(values, image, input, objective, out scores);
    }

    /// <inheritdoc/>
    /// <exception cref="CnnVizException"><c>MemoryLimitTooSmall</c>.</exception>
    public override ObjectiveInputs Look(Tensor input, Objective objective, CancellationToken cancellation)
    {
        var plan = memory.Plan((int)input.shape[0], (int)input.shape[2], (int)input.shape[3]);
        return plan.IsWhole ? whole.Look(input, objective, cancellation) : new BoundedPass(interpreter, plan, memory.View, cancellation).Look(input, input);
    }
}
