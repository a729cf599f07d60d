namespace CnnViz.Imaging;

/// <summary>At most 256 colours for a picture, whole per cents as Sixel takes them: its own where they are that few, else by median cut (Heckbert 1982).</summary>
internal sealed class ColorPalette
{
    private const int Largest = 256;
    private const int Levels = 32;
    private readonly bool _isExact;
    private readonly short[] _nearest = new short[Levels * Levels * Levels];

    private ColorPalette(IReadOnlyList<Rgb> colors, bool isExact)
    {
        (Colors, _isExact) = (colors, isExact);
        Array.Fill(_nearest, (short)-1);
    }

    /// <summary>The colours.</summary>
    public IReadOnlyList<Rgb> Colors { get; }

    /// <summary>The palette of a picture.</summary>
    public static ColorPalette Of(CnnImage image)
    {
        var counts = new Dictionary<Rgb, int>();
        for (var index = 0; index < image.Height * image.Width; index++)
        {
            var color = InPercent(image.ColorAt(index));
            counts[color] = counts.GetValueOrDefault(color) + 1;
        }
        return counts.Count <= Largest ? new([.. counts.Keys], isExact: true) : new(MedianCut(counts), isExact: false);
    }

    /// <summary>The colour of each pixel; what one is off goes to its neighbours to the right and below (Floyd and Steinberg 1976).</summary>
    public byte[] Map(CnnImage image)
    {
        var indices = new byte[image.Height * image.Width];
        if (_isExact)
        {
            var places = Colors.Index().ToDictionary(pair => pair.Item, pair => (byte)pair.Index);
            for (var index = 0; index < indices.Length; index++)
                indices[index] = places[InPercent(image.ColorAt(index))];
            return indices;
        }
        var (errors, next) = (new Rgb[image.Width + 2], new Rgb[image.Width + 2]);
        for (var row = 0; row < image.Height; row++)
        {
            for (var column = 0; column < image.Width; column++)
            {
                var wanted = Sum(image.ColorAt((row * image.Width) + column), errors[column + 1], 1);
                var chosen = Nearest(wanted);
                indices[(row * image.Width) + column] = (byte)chosen;
                var error = Sum(wanted, Colors[chosen], -1);
                errors[column + 2] = Sum(errors[column + 2], error, 7f / 16);
                next[column] = Sum(next[column], error, 3f / 16);
                next[column + 1] = Sum(next[column + 1], error, 5f / 16);
                next[column + 2] = Sum(next[column + 2], error, 1f / 16);
            }
            (errors, next) = (next, errors);
            Array.Clear(next);
        }
        return indices;
    }

    private static Rgb InPercent(Rgb color) => new(Whole(color.R), Whole(color.G), Whole(color.B));

    private static float Whole(float value) => value > 0 ? MathF.Round(Math.Min(value, 1) * 100) / 100 : 0;

    private static Rgb Sum(Rgb one, Rgb other, float weight) => new(one.R + (weight * other.R), one.G + (weight * other.G), one.B + (weight * other.B));

    /// <summary>The box that weighs most, pixels times extent, is cut at the median of its longest side until there are enough.</summary>
    private static Rgb[] MedianCut(Dictionary<Rgb, int> counts)
    {
        var boxes = new PriorityQueue<KeyValuePair<Rgb, int>[], double>();
        Add([.. counts]);
        while (boxes.Count < Largest)
        {
            var box = boxes.Dequeue();
            var channel = LongestSide(box).Channel;
            Array.Sort(box, (one, other) => one.Key[channel].CompareTo(other.Key[channel]));
            var half = box.Sum(entry => (long)entry.Value) / 2;
            var cut = 0;
            for (var seen = 0L; cut < box.Length - 1 && seen <= half; cut++)
                seen += box[cut].Value;
            cut = Math.Clamp(cut, 1, box.Length - 1);
            Add(box[..cut]);
            Add(box[cut..]);
        }
        return [.. boxes.UnorderedItems.Select(item => Mean(item.Element)).Distinct()];

        void Add(KeyValuePair<Rgb, int>[] box) => boxes.Enqueue(box, -LongestSide(box).Length * Math.Sqrt(box.Sum(entry => (double)entry.Value)));
    }

    private static (int Channel, float Length) LongestSide(KeyValuePair<Rgb, int>[] box) => Enumerable.Range(0, 3)
        .Select(channel => (channel, box.Max(entry => entry.Key[channel]) - box.Min(entry => entry.Key[channel])))
        .MaxBy(side => side.Item2);

    private static Rgb Mean(KeyValuePair<Rgb, int>[] box)
    {
        var count = box.Sum(entry => (double)entry.Value);
        return InPercent(new(Of(0), Of(1), Of(2)));

        float Of(int channel) => (float)(box.Sum(entry => (double)entry.Value * entry.Key[channel]) / count);
    }

    /// <summary>The nearest colour, looked for once for each of 32 levels of the three channels.</summary>
    private int Nearest(Rgb color)
    {
        var key = ((Level(color.R) * Levels) + Level(color.G)) * Levels + Level(color.B);
        if (_nearest[key] < 0)
            _nearest[key] = (short)Enumerable.Range(0, Colors.Count).MinBy(index => Distance(Colors[index], color));
        return _nearest[key];
    }

    private static int Level(float value) => (int)(Math.Clamp(value, 0, 1) * (Levels - 1) + 0.5f);

    private static float Distance(Rgb one, Rgb other)
    {
        var (r, g, b) = (one.R - other.R, one.G - other.G, one.B - other.B);
        return (r * r) + (g * g) + (b * b);
    }
}
