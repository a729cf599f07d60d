namespace CnnViz.Imaging;

/// <summary>Colours for the values of a map, from low to high.</summary>
public sealed class ColorMap
{
    private const int Steps = 256;

    private readonly Rgb[] _colors;

    private ColorMap(string name, Rgb[] colors, bool isDiverging = false) => (Name, _colors, IsDiverging) = (name, colors, isDiverging);

    /// <summary>Dark violet to yellow, perceptually even.</summary>
    public static ColorMap Viridis { get; } = new("viridis", FromTable(ColorMapTables.Viridis));

    /// <summary>Black over violet to light yellow, perceptually even.</summary>
    public static ColorMap Magma { get; } = new("magma", FromTable(ColorMapTables.Magma));

    /// <summary>Blue over green and yellow to red, as heatmaps are often drawn: Anton Mikhailov's published polynomial of Turbo.</summary>
    public static ColorMap Turbo { get; } = new("turbo", FromFunction(Steps, TurboAt));

    /// <summary>Black to white.</summary>
    public static ColorMap Grey { get; } = new("grey", FromFunction(Steps, t => new Rgb(t, t, t)));

    /// <summary>Blue for negative values over white for 0 to red for positive ones.</summary>
    public static ColorMap Diverging { get; } = new("diverging", FromFunction(Steps + 1, DivergingAt), isDiverging: true);

    /// <summary>Every colour map.</summary>
    public static IReadOnlyList<ColorMap> All { get; } = [Viridis, Magma, Turbo, Grey, Diverging];

    /// <summary>The name: viridis, magma, turbo, grey or diverging.</summary>
    public string Name { get; }

    /// <summary>Whether it is for signed values: its middle is 0.</summary>
    public bool IsDiverging { get; }

    /// <summary>The colour map of that name, whatever its case.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: there is none.</exception>
    public static ColorMap Parse(string name) =>
        All.FirstOrDefault(map => map.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Errors.ArgumentInvalid("The colour map", name, $"one of {string.Join(", ", All.Select(map => map.Name))}");

    /// <summary>The colours that suit the values: diverging where some are negative, else viridis.</summary>
    public static ColorMap For(CnnTensor map) => map.Minimum < 0 ? Diverging : Viridis;

    /// <summary>The colour at a place in [0,1].</summary>
    public Rgb At(float place) => _colors[(int)((Math.Clamp(place, 0, 1) * (_colors.Length - 1)) + 0.5f)];

    /// <summary>Draws a map.</summary>
    /// <param name="map">Values of shape H,W or 1,H,W; any range.</param>
    /// <param name="minimum">The value with the lowest colour; the map's smallest where null (diverging: as far below 0 as the farthest value).</param>
    /// <param name="maximum">The value with the highest colour; the map's largest where null (diverging: as far above 0).</param>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: not one map.</exception>
    public CnnImage Apply(CnnTensor map, float? minimum = null, float? maximum = null)
    {
        var (height, width) = MapSize(map);
        var found = IsDiverging ? ValueRange.SymmetricOf(map) : ValueRange.Of(map);
        var range = new ValueRange(minimum ?? found.Minimum, maximum ?? found.Maximum);
        // A signed map without any value other than 0 is drawn in the middle, not at the low end.
        var isFlatSigned = IsDiverging && range.Minimum == range.Maximum;
        var canvas = new Canvas(height, width, Rgb.Black);
        for (var index = 0; index < map.Count; index++)
            canvas[index] = At(isFlatSigned ? 0.5f : range.Place(map.Data[index]));
        return canvas.ToImage();
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Height and width of a tensor that holds one map.</summary>
    /// <exception cref="CnnVizException"><c>ShapeMismatch</c>: it holds none or several.</exception>
    internal static (int Height, int Width) MapSize(CnnTensor map) => map.Shape switch
    {
        [var height, var width] => (height, width),
        [1, var height, var width] => (height, width),
        [1, 1, var height, var width] => (height, width),
        _ => throw Errors.ShapeMismatch("The map", map.Shape, "one map: H,W or 1,H,W (take one channel of several)"),
    };

    private static Rgb[] FromTable(string table)
    {
        var bytes = Convert.FromBase64String(table);
        return [.. bytes.Chunk(3).Select(color => new Rgb(color[0] / 255f, color[1] / 255f, color[2] / 255f))];
    }

    private static Rgb[] FromFunction(int count, Func<float, Rgb> colorAt) =>
        [.. Enumerable.Range(0, count).Select(index => colorAt(index / (count - 1f)))];

    private static Rgb TurboAt(float t) => new(
        Polynomial(t, 0.13572138f, 4.61539260f, -42.66032258f, 132.13108234f, -152.94239396f, 59.28637943f),
        Polynomial(t, 0.09140261f, 2.19418839f, 4.84296658f, -14.18503333f, 4.27729857f, 2.82956604f),
        Polynomial(t, 0.10667330f, 12.64194608f, -60.58204836f, 110.36276771f, -89.90310912f, 27.34824973f));

    private static float Polynomial(float t, params ReadOnlySpan<float> coefficients)
    {
        var sum = 0f;
        for (var power = coefficients.Length - 1; power >= 0; power--)
            sum = (sum * t) + coefficients[power];
        return Math.Clamp(sum, 0, 1);
    }

    private static Rgb DivergingAt(float t)
    {
        var strength = Math.Abs((2 * t) - 1);
        var full = t < 0.5f ? new Rgb(0.13f, 0.26f, 0.67f) : new Rgb(0.70f, 0.07f, 0.13f);
        return new(1 - (strength * (1 - full.R)), 1 - (strength * (1 - full.G)), 1 - (strength * (1 - full.B)));
    }
}
