using CnnViz.Networks;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>
/// The maps of a layer, each weighted by the part of the score that is lost without it: (y − yₖ)/y. Only what lies behind the layer runs again, a row for each
/// map that is set to 0; a map that is silent already loses nothing and is left out.
/// </summary>
internal sealed class AblationAlgorithm() : LayerMapAlgorithm(SaliencyMethod.AblationCam)
{
    /// <inheritdoc/>
    protected override Tensor[] Maps(SaliencyPass pass, int layer)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var cut = NetworkAnalysis.Cut(pass.Model.Network, layer, pass.Ends);
        var given = pass.Values(cut);
        var maps = given[Array.IndexOf(cut, layer)];
        var (pictures, channels) = ((int)maps.shape[0], (int)maps.shape[1]);
        var weights = pass.Targets.Select(_ => new float[pictures * channels]).ToArray();
        var isActive = TensorTransfer.ToArray(maps.abs().amax([2, 3]));
        for (var i = 0; i < pictures; i++)
        {
            int[] active = [.. Enumerable.Range(0, channels).Where(channel => isActive[i * channels + channel] != 0)];
            foreach (var (first, count) in Chunks.OfScores(pass, active.Length, layer))
            {
                var rows = active[first..(first + count)];
                var scores = Scores(pass, cut, given, layer, i, rows);
                for (var t = 0; t < weights.Length; t++)
                {
                    var score = pass.Score(pass.Targets[t], i);
                    for (var row = 0; row < rows.Length; row++)
                        weights[t][i * channels + rows[row]] = (score - scores[t][row]) / score;
                }
            }
        }
        var activations = maps.to(ScalarType.Float32);
        return
        [
            .. weights.Select(values => TensorTransfer.ToNative(values, [pictures, channels, 1, 1], maps.device))
                .Select(values => Weighted(activations, values).MoveToOuterDisposeScope()),
        ];
    }

    /// <summary>The scores of a picture for every target, without one of its maps after the other.</summary>
    private static float[][] Scores(SaliencyPass pass, int[] cut, Tensor[] given, int layer, int picture, int[] ablated)
    {
        using var scope = NewDisposeScope();
        var rows = new Dictionary<int, Tensor>();
        for (var i = 0; i < cut.Length; i++)
        {
            var value = given[i].narrow(0, picture, 1);
            rows[cut[i]] = value.expand([ablated.Length, .. value.shape[1..]]);
        }
        var kept = new float[ablated.Length * rows[layer].shape[1]];
        Array.Fill(kept, 1);
        for (var row = 0; row < ablated.Length; row++)
            kept[row * (int)rows[layer].shape[1] + ablated[row]] = 0;
        var mask = TensorTransfer.ToNative(kept, [ablated.Length, rows[layer].shape[1], 1, 1], given[0].device);
        rows[layer] = rows[layer] * mask.to(given[0].dtype);
        var found = pass.Model.Interpreter().Run(rows, pass.Ends);
        var copies = pass.Input.narrow(0, picture, 1).expand([ablated.Length, .. pass.Input.shape[1..]]);
        return pass.Scores(pass.Inputs(copies, position => found[Array.IndexOf(pass.Ends, position)]), picture);
    }
}
