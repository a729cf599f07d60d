using CnnViz.Running;

namespace CnnViz.Data.Patterns;

/// <summary>
/// Draws the built-in patterns: textures and figures in 32 classes, at any size. A picture is a function of the plane, so that one and the same picture is
/// drawn finer where there are more pixels.
/// </summary>
public static class PatternPainter
{
    /// <summary>The usual side of a picture, in pixels.</summary>
    public const int UsualSize = 64;

    /// <summary>The smallest side of a picture, in pixels: below, the patterns cannot be told apart.</summary>
    public const int SmallestSize = 16;

    /// <summary>The largest side of a picture, in pixels.</summary>
    public const int LargestSize = 8192;

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. PatternKind.All.Select(kind => kind.Name)];

    /// <summary>Draws a picture without what makes those of the dataset hard to read: no grain, nothing in front of the pattern.</summary>
    /// <param name="name">A name of <see cref="Names"/>, in any letter case.</param>
    /// <param name="seed">Another seed gives another picture.</param>
    /// <param name="height">Rows, 16 to 8192.</param>
    /// <param name="width">Columns, 16 to 8192; null for as many as rows.</param>
    /// <returns>RGB in [0,1], with its class and label.</returns>
    /// <exception cref="CnnVizException"><c>ClassUnknown</c>; <c>ArgumentInvalid</c>: a size out of range.</exception>
    public static CnnImage Draw(string name, long seed = 0, int height = UsualSize, int? width = null)
    {
        var index = -1;
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                index = i;
        }
        if (index < 0)
            throw Errors.ClassUnknown("patterns", name, Names);
        CheckSize(height);
        CheckSize(width ?? height);
        var pixels = new byte[3 * height * (width ?? height)];
        Draw(index, SplitMix64.ForStream(seed, index), pixels, height, width ?? height, isClean: true);
        return new CnnImage(Array.ConvertAll(pixels, value => value / 255f), 3, height, width ?? height)
        {
            Source = $"{Names[index]}#{seed}",
            Class = index,
            Label = Names[index],
        };
    }

    /// <summary>Refuses sides that cannot be drawn.</summary>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>.</exception>
    internal static void CheckSize(int size)
    {
        if (size is < SmallestSize or > LargestSize)
            throw Errors.ArgumentInvalid("Size", size, $"{SmallestSize} to {LargestSize} pixels");
    }

    /// <summary>Draws a picture.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="random">All choices come from here.</param>
    /// <param name="pixels">Three planes of height × width values 0 to 255; overwritten.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="isClean">True to leave out grain and what lies in front.</param>
    internal static void Draw(int kind, SplitMix64 random, Span<byte> pixels, int height, int width, bool isClean)
    {
        var pixel = 2f / Math.Min(height, width);
        var palette = Palette.Choose(ref random);
        // A stream of its own: the clean picture is the same one, without what spoils it.
        var film = new Film(new SplitMix64(random.NextUInt64()), isClean);
        var pose = new Pose(PatternKind.All[kind], ref random);
        var pattern = PatternKind.All[kind].Create(new Sketch(random, palette, pixel * pose.Scale * film.Softness));
        var plane = height * width;
        for (var row = 0; row < height; row++)
        {
            var y = (row + 0.5f - (0.5f * height)) * pixel;
            for (var column = 0; column < width; column++)
            {
                var x = (column + 0.5f - (0.5f * width)) * pixel;
                var (px, py) = pose.Apply(x, y);
                var color = film.Expose(pattern.At(px, py), x, y, pixel, column, row);
                var place = (row * width) + column;
                pixels[place] = ToByte(color.X);
                pixels[plane + place] = ToByte(color.Y);
                pixels[(2 * plane) + place] = ToByte(color.Z);
            }
        }
    }

    private static byte ToByte(float value) => (byte)((255 * Math.Clamp(value, 0, 1)) + 0.5f);
}
