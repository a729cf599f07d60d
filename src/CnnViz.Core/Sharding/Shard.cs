using System.Globalization;

namespace CnnViz.Sharding;

/// <summary>
/// One of several equal parts of a list, each of which a machine of its own can compute: <c>2/8</c>. Parts are cut between batches, so that what is computed
/// together in the whole is computed together in the part, with the same bits.
/// </summary>
/// <param name="Index">Which part, from 1 on.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct Shard(int Index, int Count) : IParsable<Shard>
{
    /// <summary>Understands <c>2/8</c>.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Shard Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var shard)
        ? shard
        : throw new FormatException($"'{s}' is no shard. Expected which one of how many, such as 1/8, 2/8 … 8/8.");

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out Shard result)
    {
        result = default;
        if ((s ?? "").Split('/') is not [var first, var second]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || index < 1 || index > count)
            return false;
        result = new Shard(index, count);
        return true;
    }

    /// <summary>The items of this part. All parts together hold each item once, in order; with more parts than batches some are empty.</summary>
    /// <param name="itemCount">The items of the whole.</param>
    /// <param name="batchSize">How many are computed together.</param>
    public Range Cut(int itemCount, int batchSize)
    {
        var batches = (itemCount + batchSize - 1L) / batchSize;
        // Rounded up: where there are fewer batches than parts the first ones have them.
        var (first, end) = ((batches * (Index - 1) + Count - 1) / Count, (batches * Index + Count - 1) / Count);
        return (int)Math.Min(first * batchSize, itemCount)..(int)Math.Min(end * batchSize, itemCount);
    }

    /// <summary>As it is written: <c>2/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
