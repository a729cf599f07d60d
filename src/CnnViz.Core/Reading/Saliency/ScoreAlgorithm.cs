using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The maps of a layer, weighted by the softmax of the scores that the picture has when it is seen through each of them, scaled to [0,1] and enlarged. All maps that
/// are the same everywhere let nothing through: one run answers for all of them.
/// </summary>
internal sealed class ScoreAlgorithm() : LayerMapAlgorithm(SaliencyMethod.ScoreCam)
{
    private const double Tiny = 1e-8;

    /// <inheritdoc/>
    protected override Tensor[] Maps(SaliencyPass pass, int layer)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var maps = pass.Activations(layer);
        var (pictures, channels) = ((int)maps.shape[0], (int)maps.shape[1]);
        var scores = pass.Targets.Select(_ => new float[pictures * channels]).ToArray();
        var spans = TensorTransfer.ToArray(maps.amax([2, 3]) - maps.amin([2, 3]));
        for (var i = 0; i < pictures; i++)
        {
            int[] blind = [.. Enumerable.Range(0, channels).Where(channel => spans[i * channels + channel] == 0)];
            int[] seen = [.. Enumerable.Range(0, channels).Except(blind), .. blind.Take(1)];
            foreach (var (first, count) in Chunks.OfScores(pass, seen.Length))
            {
                var rows = seen[first..(first + count)];
                var found = Scores(pass, maps.select(0, i), i, rows);
                for (var t = 0; t < scores.Length; t++)
                {
                    for (var row = 0; row < rows.Length; row++)
                        scores[t][i * channels + rows[row]] = found[t][row];
                }
            }
            foreach (var score in scores)
            {
                foreach (var channel in blind)
                    score[i * channels + channel] = score[i * channels + blind[0]];
            }
        }
        return [.. scores.Select(values =>
            Weighted(maps, TensorTransfer.ToNative(values, [pictures, channels, 1, 1], maps.device).softmax(1))
                .MoveToOuterDisposeScope())];
    }

    /// <summary>The scores of a picture for every target, seen through one of its maps after the other.</summary>
    private static float[][] Scores(SaliencyPass pass, Tensor maps, int picture, int[] channels)
    {
        using var scope = NewDisposeScope();
        var chosen = maps.index_select(0, tensor([.. channels.Select(channel => (long)channel)], [channels.Length], device: maps.device));
        var masks = Enlargement.BilinearByCorners(chosen.unsqueeze(1), pass.Input.shape[2], pass.Input.shape[3]);
        var smallest = Extent(masks.amin([1, 2, 3]));
        masks = (masks - smallest) / (Extent(masks.amax([1, 2, 3])) - smallest + Tiny);
        return pass.Scores(pass.Ask(pass.Input.narrow(0, picture, 1) * masks.to(pass.Input.dtype)), picture);

        static Tensor Extent(Tensor values) => values.view(-1, 1, 1, 1);
    }
}
