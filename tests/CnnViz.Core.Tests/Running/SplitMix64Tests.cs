using CnnViz.Running;

namespace CnnViz.Tests.Running;

public sealed class SplitMix64Tests
{
    /// <summary>The reference C implementation's first outputs for the seed 1234567.</summary>
    [Fact]
    public void It_gives_the_published_sequence()
    {
        var random = new SplitMix64(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Streams_of_other_paths_differ()
    {
        long[][] paths = [[], [0], [1], [0, 0], [0, 1], [1, 0]];

        var firsts = paths.Select(path => SplitMix64.ForStream(7, path).NextUInt64()).ToList();

        Assert.Equal(paths.Length, firsts.Distinct().Count());
        Assert.NotEqual(SplitMix64.ForStream(8, 0).NextUInt64(), firsts[1]);
    }

    [Fact]
    public void Integers_are_uniform()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.NextInt32(7)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void The_bell_has_mean_0_and_deviation_1()
    {
        var random = new SplitMix64(1);
        var values = Enumerable.Range(0, 100_000).Select(_ => (double)random.NextBell()).ToList();

        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(values.Average(v => v * v), 0.98, 1.02);
        Assert.InRange(values.Max(), 3.5, 4.9);
    }

    [Fact]
    public void Shuffling_keeps_all_items()
    {
        var items = Enumerable.Range(0, 100).ToArray();

        SplitMix64.ForStream(3).Shuffle(items.AsSpan());

        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
