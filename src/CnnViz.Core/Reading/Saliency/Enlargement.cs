using CnnViz.Imaging;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>Bilinear enlargement of maps as two matrix products, one for the rows and one for the columns.</summary>
internal static class Enlargement
{
    /// <summary>By the positions of pixels' centres, as OpenCV, Pillow and PyTorch (align_corners=False) do.</summary>
    /// <param name="maps"><c>[…, h, w]</c>.</param>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    public static Tensor Bilinear(Tensor maps, long height, long width) => Apply(maps, height, width, (from, to) => new ResizeWeights(from, to).ToMatrix());

    /// <summary>Such that corner pixels keep their places, as PyTorch's UpsamplingBilinear2d does.</summary>
    /// <param name="maps"><c>[…, h, w]</c>.</param>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    public static Tensor BilinearByCorners(Tensor maps, long height, long width) => Apply(maps, height, width, ByCorners);

    private static Tensor Apply(Tensor maps, long height, long width, Func<int, int, float[,]> weights)
    {
        using var scope = NewDisposeScope();
        var rows = Native(weights((int)maps.shape[^2], (int)height));
        var columns = Native(weights((int)maps.shape[^1], (int)width));
        return rows.Times(maps).Times(columns.transpose(0, 1)).MoveToOuterDisposeScope();

        Tensor Native(float[,] matrix) => TensorTransfer.ToNative(
            [.. matrix.Cast<float>()], [matrix.GetLength(0), matrix.GetLength(1)], maps.device);
    }

    private static float[,] ByCorners(int from, int to)
    {
        var matrix = new float[to, from];
        for (var i = 0; i < to; i++)
        {
            var position = to == 1 ? 0 : i * (double)(from - 1) / (to - 1);
            var first = Math.Min((int)position, from - 1);
            var next = Math.Min(first + 1, from - 1);
            matrix[i, first] += (float)(1 - (position - first));
            matrix[i, next] += (float)(position - first);
        }
        return matrix;
    }
}
