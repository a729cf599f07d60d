using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Reading.Saliency;

namespace CnnViz.Reporting;

/// <summary>Draws saliency maps: by themselves, over their picture, as a mask of it, or channel by channel.</summary>
internal static class SaliencyDrawing
{
    private static readonly string[] ColorNames = ["red", "green", "blue"];

    /// <summary>Draws a map as the options say.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a share, percentile or quantile outside of its range.</exception>
    public static CnnImage Draw(SaliencyMap map, DrawingOptions options)
    {
        var view = options.Maps.View == MapView.Auto ? Usual(map) : options.Maps.View;
        if (options.Annotate)
            return TensorDrawing.Draw(map.Values, options, ChannelNames(map.Values));
        if (view == MapView.Channels)
            return DrawChannels(map.Values, options);
        var (values, range) = Scaled(map, options.Maps.Percentile);
        if (options.Colors is { IsDiverging: true })
            range = range with { Minimum = -range.Maximum };
        return view switch
        {
            MapView.Overlay => Overlay.Draw(
                PictureOf(map), values, options.Maps.Alpha, options.Colors ?? (range.Minimum < 0 ? ColorMap.Diverging : ColorMap.Turbo), ModeOf(map, options.Maps), range),
            MapView.Mask => Mask(PictureOf(map), values.Data, range with { Minimum = Math.Max(range.Minimum, 0) }, options.Maps.Quantile),
            _ => Colors(values, options).Apply(values, range.Minimum, range.Maximum),
        };
    }

    /// <summary>The picture that a map is of, in [0,1] also where the network took it normalised.</summary>
    public static CnnImage PictureOf(SaliencyMap map)
    {
        var image = map.Image;
        if (!image.IsNormalized)
            return image;
        var data = map.Model?.Preprocessing.ToPixels(image) ?? ValueRange.Normalize(image).Data;
        return image.With(data, image.ChannelCount, image.Height, image.Width);
    }

    private static SaliencyKind KindOf(SaliencyMap map) => SaliencyAlgorithms.Find(map.Method).Kind;

    private static MapView Usual(SaliencyMap map) =>
        KindOf(map) == SaliencyKind.ClassActivation || map.Method is SaliencyMethod.Occlusion or SaliencyMethod.Rise ? MapView.Overlay : MapView.Map;

    private static OverlayMode ModeOf(SaliencyMap map, MapViewOptions options) =>
        options.OverlayMode ?? (map.Options.Preset == SaliencyPreset.Thesis004 ? OverlayMode.Add : OverlayMode.Blend);

    /// <summary>
    /// One value a pixel, and the values of the lowest and the highest colour. A map whose channels the user had reduced is shown as it is, signs included;
    /// else what each pixel matters.
    /// </summary>
    private static (CnnTensor Values, ValueRange Range) Scaled(SaliencyMap map, double percentile)
    {
        if (KindOf(map) == SaliencyKind.ClassActivation)
            return (map.Heatmap(), new ValueRange(0, 1));
        var values = map.Options.Reduction == ChannelReduction.None ? map.Importance() : map.Values.Slice(0);
        var range = ValueRange.Of(values);
        var reach = ValueRange.ReachOf(values, percentile);
        if (range.Minimum < 0)
            return (values, new ValueRange(-reach, reach));
        // Magnitudes count from 0; what all pixels of a map of shares (RISE) have says nothing.
        var least = KindOf(map) == SaliencyKind.Sensitivity ? 0 : range.Minimum;
        return (values, new ValueRange(least, reach > least ? reach : range.Maximum));
    }

    private static ColorMap Colors(CnnTensor values, DrawingOptions options) => options.Colors ?? (values.Minimum < 0 ? ColorMap.Diverging : ColorMap.Magma);

    /// <summary>Each pixel as strongly as its place in the range; with a quantile those above it as they are, and the others not at all.</summary>
    private static CnnImage Mask(CnnImage image, float[] values, ValueRange range, double? quantile)
    {
        if (quantile is not (null or (>= 0 and < 1)))
            throw Errors.ArgumentInvalid("Quantile", quantile, "at least 0 and less than 1");
        var least = quantile is { } hidden ? values.Order().ElementAt((int)(hidden * values.Length)) : 0;
        // Where more pixels do not matter at all than are to be hidden, all of those are.
        var weights = Array.ConvertAll(values, value => quantile is null ? range.Place(value) : value >= least && value > range.Minimum ? 1 : 0);
        return image.With([.. image.Data.Select((value, index) => value * weights[index % weights.Length])], image.ChannelCount, image.Height, image.Width);
    }

    private static CnnImage DrawChannels(CnnTensor values, DrawingOptions options)
    {
        var reach = ValueRange.ReachOf(values, options.Maps.Percentile);
        var colors = Colors(values, options);
        var lowest = values.Minimum < 0 ? -reach : 0;
        var names = ChannelNames(values);
        CnnImage[] drawn = [.. Enumerable.Range(0, values.Shape[0]).Select(channel => colors.Apply(values.Slice(channel), lowest, reach))];
        return drawn is [var single] ? single : ContactSheet.Draw([.. drawn.Select((image, channel) => new ContactSheetTile(image, names?[channel]))], new ContactSheetOptions { ColumnCount = drawn.Length });
    }

    private static string[]? ChannelNames(CnnTensor values) => values.Shape[0] == ColorNames.Length ? ColorNames : null;
}
