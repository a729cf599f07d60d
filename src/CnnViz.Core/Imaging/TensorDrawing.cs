using System.Globalization;

namespace CnnViz.Imaging;

/// <summary>What a tensor of any shape and range looks like.</summary>
public static class TensorDrawing
{
    private const float Tolerance = 1e-4f;
    private const int FeatureSize = 8; // one pixel a feature would be a line that nobody sees

    /// <summary>
    /// Draws a tensor: a picture as it is, one map in colour, three channels as a colour picture, and any other stack as a contact sheet of
    /// its numbered maps, each from its own smallest to its own largest value. Features without extent are a row of squares.
    /// </summary>
    /// <param name="tensor">The values; leading extents of 1 do not matter.</param>
    /// <param name="options">The usual ones where null.</param>
    /// <param name="names">What stands below each map of a stack; its number where null.</param>
    /// <param name="title">What stands above a stack; nothing where null.</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: no values; <c>ArgumentInvalid</c>: too many to draw, or to write into pixels.</exception>
    public static CnnImage Draw(CnnTensor tensor, DrawingOptions? options = null, IReadOnlyList<string>? names = null, string? title = null)
    {
        options ??= DrawingOptions.Default;
        if (tensor.Count == 0)
            throw Errors.ShapeMismatch("The tensor to draw", tensor.Shape, "at least one value");
        if (tensor is CnnImage image)
            return DrawImage(image, options);
        var colors = options.Colors ?? ColorMap.For(tensor);
        var shape = MapsOf(tensor);
        var maps = new CnnTensor(tensor.Data, shape);
        if (shape.Length == 2)
        {
            var drawn = DrawMap(maps, colors, options);
            var isRow = shape is [1, > 1] && tensor.Shape.Length != 2;
            return isRow && !options.Annotate ? Magnify(drawn, FeatureSize) : drawn;
        }
        if (shape is [3, var height, var width] && names is null && options is { Colors: null, Annotate: false })
            return new CnnImage(ToUnitRange(tensor), 3, height, width);

        var tiles = Enumerable.Range(0, shape[0]).Select(index => new ContactSheetTile(
            Draw(maps.Slice(index), options with { Colors = colors }),
            names?[index] ?? index.ToString(CultureInfo.InvariantCulture)));
        return ContactSheet.Draw([.. tiles], new ContactSheetOptions { Title = title });
    }

    /// <summary>The shape without leading extents of 1; features without extent become a row.</summary>
    private static int[] MapsOf(CnnTensor tensor)
    {
        var shape = tensor.Shape;
        while (shape.Length > 2 && shape[0] == 1)
            shape = shape[1..];
        var isRow = shape.Length < 2 || (shape.Length > 2 && shape.Skip(1).All(extent => extent == 1));
        return isRow ? [1, tensor.Count] : shape;
    }

    /// <summary>A grey picture may be coloured; its black is 0 and its white 1, whatever its values.</summary>
    private static CnnImage DrawImage(CnnImage image, DrawingOptions options)
    {
        var colors = image.ChannelCount == 1 ? options.Colors : null;
        var drawn = colors?.Apply(image, 0, 1) ?? image;
        return options.Annotate ? Annotation.Draw(drawn, image, options.Decimals) : drawn;
    }

    private static CnnImage DrawMap(CnnTensor map, ColorMap colors, DrawingOptions options)
    {
        var drawn = colors.Apply(map);
        return options.Annotate ? Annotation.Draw(drawn, map, options.Decimals) : drawn;
    }

    private static CnnImage Magnify(CnnImage image, int factor)
    {
        var canvas = new Canvas(image.Height * factor, image.Width * factor, Rgb.Black);
        canvas.Draw(image, 0, 0, factor);
        return canvas.ToImage();
    }

    /// <summary>Values in [0,1] stay; 0 becomes middle grey where there are negative ones, else black, and the largest magnitude the extreme.</summary>
    private static float[] ToUnitRange(CnnTensor tensor)
    {
        var range = ValueRange.Of(tensor);
        if (range.Minimum >= -Tolerance && range.Maximum <= 1 + Tolerance)
            range = new ValueRange(0, 1);
        else
            range = range.Minimum < 0 ? ValueRange.SymmetricOf(tensor) : new ValueRange(0, range.Maximum);
        return Array.ConvertAll(tensor.Data, range.Place);
    }
}
