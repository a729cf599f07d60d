using CnnViz.Imaging;

namespace CnnViz.Reading.Saliency;

/// <summary>The views of raw maps: what a pixel counts for, and the same from 0 to 1.</summary>
internal static class SaliencyView
{
    private const float Tiny = 1e-7f;

    public static CnnTensor Importance(SaliencyMap map)
    {
        var (height, width) = (map.Image.Height, map.Image.Width);
        var reduced = Reduce(map);
        return (reduced.Shape[0], reduced.Shape[1]) == (height, width) ? reduced : ImageResize.Resize(reduced, height, width);
    }

    public static CnnTensor Heatmap(SaliencyMap map)
    {
        var reduced = Reduce(map);
        return Scaled(ImageResize.Resize(Scaled(reduced), map.Image.Height, map.Image.Width));
    }

    /// <summary>From 0 to 1, and 0 where all values are the same.</summary>
    internal static CnnTensor Scaled(CnnTensor map)
    {
        var (minimum, maximum) = (map.Minimum, map.Maximum);
        return new CnnTensor(Array.ConvertAll(map.Data, value => (value - minimum) / (Tiny + maximum - minimum)), map.Shape, map.Layout);
    }

    private static CnnTensor Reduce(SaliencyMap map)
    {
        var (values, kind) = (map.Values, SaliencyAlgorithms.Find(map.Method).Kind);
        var isRectified = kind == SaliencyKind.ClassActivation && map.Options.Preset == SaliencyPreset.None;
        var (channels, size) = (values.Shape[0], values.Shape[1] * values.Shape[2]);
        var reduced = new float[size];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var i = 0; i < size; i++)
            {
                var value = values.Data[channel * size + i];
                reduced[i] = kind switch
                {
                    SaliencyKind.Sensitivity => Math.Max(reduced[i], Math.Abs(value)),
                    _ => reduced[i] + (isRectified ? Math.Max(value, 0) : value),
                };
            }
        }
        return new CnnTensor(reduced, [values.Shape[1], values.Shape[2]], "HW");
    }
}
