using CnnViz.Sharding;

namespace CnnViz.Tests.Sharding;

/// <summary>Cutting a list into parts.</summary>
public sealed class ShardTests
{
    [Theory]
    [InlineData(1000, 16, 7)]
    [InlineData(21, 4, 3)]
    [InlineData(5, 16, 3)]
    [InlineData(0, 16, 2)]
    [InlineData(64, 16, 4)]
    public void All_parts_hold_each_item_once_and_begin_with_a_batch(int items, int batch, int count)
    {
        var covered = new List<int>();
        for (var index = 1; index <= count; index++)
        {
            var (start, length) = new Shard(index, count).Cut(items, batch).GetOffsetAndLength(items);
            Assert.True(length == 0 || start % batch == 0);
            Assert.InRange(length, 0, ((items + batch - 1) / batch / count + 1) * batch);
            covered.AddRange(Enumerable.Range(start, length));
        }
        Assert.Equal(Enumerable.Range(0, items), covered);
    }

    [Theory]
    [InlineData("2/8", 2, 8)]
    [InlineData("1/1", 1, 1)]
    public void It_is_written_as_which_of_how_many(string text, int index, int count)
    {
        Assert.Equal(new Shard(index, count), Shard.Parse(text));
        Assert.Equal(text, new Shard(index, count).ToString());
    }

    [Theory]
    [InlineData("0/8")]
    [InlineData("9/8")]
    [InlineData("2")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    [InlineData(" 1/2")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) =>
        Assert.Contains("2/8", Assert.Throws<FormatException>(() => Shard.Parse(text)).Message, StringComparison.Ordinal);
}
