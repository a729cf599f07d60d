using CnnViz.Imaging;
using CnnViz.Objectives;
using CnnViz.Running;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The mean of random masks, weighted by the target's probability (or the value of an objective) for the picture seen through each, and divided by how often a pixel is seen:
/// <c>S = Σ pᵢ·Mᵢ / (N·p₁)</c>. A mask is a coarse grid of cells that are open or closed, one cell larger than the picture, enlarged bilinearly and cropped at
/// random. What a mask covers is the baseline.
/// </summary>
internal sealed class RiseAlgorithm() : SaliencyAlgorithm(SaliencyMethod.Rise, SaliencyKind.Attribution)
{
    /// <inheritdoc/>
    public override CnnVizException? Invalid(SaliencyOptions options) => options switch
    {
        { MaskCount: < 1 } => Errors.ArgumentInvalid(nameof(options.MaskCount), options.MaskCount, "at least 1"),
        { MaskSize: < 1 } => Errors.ArgumentInvalid(nameof(options.MaskSize), options.MaskSize, "at least 1 cell"),
        { MaskProbability: not (> 0 and <= 1) } => Errors.ArgumentInvalid(nameof(options.MaskProbability), options.MaskProbability, "a number above 0 and at most 1"),
        _ => null,
    };

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var baselines = Baselines.Of(pass);
        var found = new Tensor[pass.Images.Count];
        for (var i = 0; i < found.Length; i++)
            found[i] = OfPicture(pass, baselines.narrow(0, i, 1), i);
        return [.. pass.Targets.Select((_, target) => new Attribution(stack(found.Select(values => values.narrow(0, target, 1)).ToArray()).MoveToOuterDisposeScope()))];
    }

    /// <summary>The maps of all targets, <c>[targets, H, W]</c>.</summary>
    private static Tensor OfPicture(SaliencyPass pass, Tensor baseline, int index)
    {
        using var scope = NewDisposeScope();
        var options = pass.Options;
        var random = SplitMix64.ForStream(options.Seed);
        var picture = pass.Input.narrow(0, index, 1);
        var (height, width) = ((int)picture.shape[2], (int)picture.shape[3]);
        var (rows, columns) = (Enlargement(height, options.MaskSize), Enlargement(width, options.MaskSize));
        var difference = picture - baseline;
        var sum = zeros([pass.Targets.Count, height * width], device: picture.device);
        foreach (var (_, count) in Chunks.OfScores(pass, options.MaskCount))
        {
            using var chunk = NewDisposeScope();
            var masks = Masks(ref random, options, count, rows, columns, height, width).to(picture.device);
            var answers = pass.Ask(baseline + difference * masks.to(picture.dtype));
            var ofTargets = stack(pass.Targets.Select(target => Weight(target.Of(index), answers)).ToArray());
            sum.add_(ofTargets.Times(masks.view(count, height * width)));
        }
        return (sum / (options.MaskCount * options.MaskProbability)).view(-1, height, width).MoveToOuterDisposeScope();
    }

    /// <summary>What a mask counts for: the probability of a class, the value of any other objective.</summary>
    private static Tensor Weight(Objective objective, ObjectiveInputs answers) =>
        objective is ClassObjective asked ? answers[Objective.Output].flatten(1).softmax(1).select(1, asked.Class) : objective.Value(answers);

    /// <summary>Masks in [0,1], <c>[n, 1, H, W]</c>.</summary>
    private static Tensor Masks(ref SplitMix64 random, SaliencyOptions options, int count, Tensor rows, Tensor columns, int height, int width)
    {
        var cells = options.MaskSize;
        var masks = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            var grid = new float[cells * cells];
            for (var j = 0; j < grid.Length; j++)
                grid[j] = random.NextSingle() < options.MaskProbability ? 1 : 0;
            var (top, left) = (random.NextInt32((int)rows.shape[0] - height), random.NextInt32((int)columns.shape[0] - width));
            masks[i] = rows.narrow(0, top, height).Times(TensorTransfer.ToNative(grid, [cells, cells]))
                .Times(columns.narrow(0, left, width).transpose(0, 1));
        }
        return stack(masks).unsqueeze(1);
    }

    /// <summary>What enlarges an axis of cells to one cell more than the picture, as a matrix.</summary>
    private static Tensor Enlargement(int extent, int cells)
    {
        var size = (cells + 1) * ((extent + cells - 1) / cells);
        var matrix = new ResizeWeights(cells, size).ToMatrix();
        return TensorTransfer.ToNative(matrix.Cast<float>().ToArray(), [size, cells]);
    }
}
