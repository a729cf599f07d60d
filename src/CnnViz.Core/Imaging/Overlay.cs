namespace CnnViz.Imaging;

/// <summary>Lays a heatmap over a picture.</summary>
public static class Overlay
{
    /// <summary>
    /// Draws the heatmap in colour, resized bilinearly to the picture, over the picture. Diverging colours are laid on as strongly as the value is far from 0,
    /// so that the picture stays as it is where nothing matters.
    /// </summary>
    /// <param name="image">The picture; grey is made RGB.</param>
    /// <param name="heatmap">Values of shape H,W or 1,H,W, any size and range.</param>
    /// <param name="alpha">The heatmap's share in [0,1].</param>
    /// <param name="colors">Turbo where null.</param>
    /// <param name="mode">How the two are put together.</param>
    /// <param name="range">The values with the lowest and the highest colour; null for the heatmap's smallest and largest (diverging colours: around 0).</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: not one map; <c>ArgumentInvalid</c>: α outside of [0,1].</exception>
    public static CnnImage Draw(
        CnnImage image, CnnTensor heatmap, float alpha = 0.4f, ColorMap? colors = null, OverlayMode mode = OverlayMode.Blend, ValueRange? range = null)
    {
        if (!(alpha is >= 0 and <= 1))
            throw Errors.ArgumentInvalid("Alpha", alpha, "0 to 1");
        var (height, width) = ColorMap.MapSize(heatmap);
        var map = new CnnTensor(heatmap.Data, [height, width]);
        var resized = ImageResize.Resize(map, image.Height, image.Width);
        colors ??= ColorMap.Turbo;
        var scale = range ?? (colors.IsDiverging ? ValueRange.SymmetricOf(resized) : ValueRange.Of(resized));
        var picture = ImageConversion.ToRgb(image);
        var data = new float[picture.Count];
        for (var index = 0; index < resized.Count; index++)
        {
            // Without any extent of its own a signed map is 0 everywhere.
            var place = colors.IsDiverging && scale.Maximum <= scale.Minimum ? 0.5f : scale.Place(resized.Data[index]);
            var color = colors.At(colors.IsDiverging ? MathF.Round(place) : place);
            var share = colors.IsDiverging ? alpha * Math.Abs((2 * place) - 1) : alpha;
            for (var channel = 0; channel < 3; channel++)
            {
                var at = (channel * resized.Count) + index;
                data[at] = Math.Clamp((picture.Data[at] * (mode == OverlayMode.Blend ? 1 - share : 1)) + (color[channel] * share), 0, 1);
            }
        }
        return image.With(data, 3, image.Height, image.Width);
    }
}
