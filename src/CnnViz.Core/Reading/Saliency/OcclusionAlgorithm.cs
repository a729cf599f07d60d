using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// How much the score falls when a window of the picture is covered by the baseline: at each pixel the mean over the windows that cover it, the same for all
/// channels. Windows begin at multiples of the stride; the last of a row or column is cut off at the edge, as captum's.
/// </summary>
internal sealed class OcclusionAlgorithm() : SaliencyAlgorithm(SaliencyMethod.Occlusion, SaliencyKind.Attribution)
{
    private const int WindowsAcross = 7;

    /// <inheritdoc/>
    public override CnnVizException? Invalid(SaliencyOptions options) => options switch
    {
        { Window: < 1 } => Errors.ArgumentInvalid(nameof(options.Window), options.Window, "at least 1 pixel"),
        { Stride: < 1 } => Errors.ArgumentInvalid(nameof(options.Stride), options.Stride, "at least 1 pixel"),
        { Window: { } window, Stride: { } stride } when stride > window => Errors.ArgumentInvalid(nameof(options.Stride), options.Stride, $"at most the window, {window}, or pixels are never covered"),
        _ => null,
    };

    /// <inheritdoc/>
    public override Attribution[] Compute(SaliencyPass pass)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var (height, width) = ((int)pass.Input.shape[2], (int)pass.Input.shape[3]);
        var window = pass.Options.Window ?? Math.Max(1, Math.Min(height, width) / WindowsAcross);
        var stride = Math.Min(window, pass.Options.Stride ?? Math.Max(1, window / 2));
        var windows = Windows(height, width, window, stride);
        var baselines = Baselines.Of(pass);
        var found = new Tensor[pass.Images.Count][];
        for (var i = 0; i < found.Length; i++)
            found[i] = OfPicture(pass, windows, baselines.narrow(0, i, 1), i);
        return [.. pass.Targets.Select((_, target) =>
            new Attribution(stack(found.Select(values => values[target]).ToArray()).unsqueeze(1).expand(pass.Input.shape).MoveToOuterDisposeScope()))];
    }

    private static Tensor[] OfPicture(SaliencyPass pass, Window[] windows, Tensor baseline, int index)
    {
        using var scope = NewDisposeScope();
        var picture = pass.Input.narrow(0, index, 1);
        var size = (height: picture.shape[2], width: picture.shape[3]);
        var sums = pass.Targets.Select(_ => zeros([size.height, size.width])).ToArray();
        var covered = zeros([size.height, size.width]);
        foreach (var (first, count) in Chunks.OfScores(pass, windows.Length))
        {
            using var chunk = NewDisposeScope();
            var copies = picture.repeat(count, 1, 1, 1);
            for (var i = 0; i < count; i++)
                windows[first + i].Of(copies.narrow(0, i, 1)).copy_(windows[first + i].Of(baseline));
            var scores = pass.Scores(pass.Ask(copies), index);
            for (var i = 0; i < count; i++)
            {
                windows[first + i].Of(covered).add_(1);
                for (var j = 0; j < sums.Length; j++)
                    windows[first + i].Of(sums[j]).add_(pass.Score(pass.Targets[j], index) - scores[j][i]);
            }
        }
        return [.. sums.Select(sum => (sum / covered).MoveToOuterDisposeScope())];
    }

    private static Window[] Windows(int height, int width, int size, int stride) =>
    [
        .. from top in Starts(height, size, stride)
           from left in Starts(width, size, stride)
           select new Window(top, left, Math.Min(size, height - top), Math.Min(size, width - left)),
    ];

    private static IEnumerable<int> Starts(int extent, int size, int stride) =>
        Enumerable.Range(0, Math.Max(0, extent - size + stride - 1) / stride + 1).Select(i => i * stride);

    private sealed record Window(int Top, int Left, int Height, int Width)
    {
        /// <summary>What pictures have there, rows and columns being the last two dimensions.</summary>
        public Tensor Of(Tensor pictures) => pictures.narrow(pictures.ndim - 2, Top, Height).narrow(pictures.ndim - 1, Left, Width);
    }
}
