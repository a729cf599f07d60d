using CnnViz.Sharding;

namespace CnnViz.Tests.Sharding;

/// <summary>Folders of results that are there whole or not at all.</summary>
public sealed class ShardFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_shard_that_was_not_completed_leaves_nothing()
    {
        using (var shard = ShardFolder.Begin(_folder.Path, new Shard(1, 2))!)
            File.WriteAllText(Path.Join(shard.Path, "half"), "");
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_complete_one_is_not_begun_again()
    {
        Make("1/2");
        Assert.Null(ShardFolder.Begin(_folder.Path, new Shard(1, 2)));
        Assert.NotNull(ShardFolder.Begin(_folder.Path, new Shard(2, 2)));
    }

    [Fact]
    public void Of_two_that_compute_the_same_the_first_stays()
    {
        using var first = ShardFolder.Begin(_folder.Path, new Shard(1, 1))!;
        using var second = ShardFolder.Begin(_folder.Path, new Shard(1, 1))!;
        File.WriteAllText(Path.Join(first.Path, "by"), "first");
        File.WriteAllText(Path.Join(second.Path, "by"), "second");
        first.Complete();
        second.Complete();
        Assert.Equal("first", File.ReadAllText(Path.Join(ShardFolder.All(_folder.Path)[0], "by")));
    }

    [Fact]
    public void They_come_in_order()
    {
        foreach (var index in Enumerable.Range(1, 11).Reverse())
            Make($"{index}/11");
        Assert.Equal(Enumerable.Range(1, 11).Select(index => $"shard-{index}-of-11"), ShardFolder.All(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Missing_ones_are_named()
    {
        Make("1/3");
        // What was killed midway is not there.
        Directory.CreateDirectory(Path.Join(_folder.Path, ".shard-2-of-3.0123.tmp"));
        var error = Assert.Throws<CnnVizException>(() => ShardFolder.All(_folder.Path));
        Assert.Equal("ShardsMissing", error.ErrorId);
        Assert.Contains("2/3, 3/3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_of_several_cuts_are_refused()
    {
        Make("1/2");
        Make("1/3");
        Assert.Equal("ShardsDiffer", Assert.Throws<CnnVizException>(() => ShardFolder.All(_folder.Path)).ErrorId);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Equal("FileNotFound", Assert.Throws<CnnVizException>(() => ShardFolder.All(_folder["nowhere"])).ErrorId);

    private void Make(string shard)
    {
        using var folder = ShardFolder.Begin(_folder.Path, Shard.Parse(shard))!;
        folder.Complete();
    }
}
