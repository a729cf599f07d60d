using CnnViz.Data;

namespace CnnViz.Tests.Data;

public sealed class SampleTests
{
    private readonly CnnDataset _digits = Datasets.Digits().Train;

    [Fact]
    public void Indices_come_in_the_order_given() =>
        Assert.Equal(["digits/train#9", "digits/train#2", "digits/train#9"], Sources(new() { Index = [9, 2, 9] }));

    [Fact]
    public void First_and_class_are_taken_in_the_order_of_the_dataset()
    {
        var sevens = _digits.Sample(new() { Class = "7", First = 3 });

        Assert.Equal([7, 7, 7], sevens.GetClasses());
        Assert.Equal("digits/train#" + Array.IndexOf(_digits.GetClasses(), 7), sevens.GetImage(0).Source);
    }

    [Fact]
    public void A_seed_shuffles_and_repeats()
    {
        var first = Sources(new() { First = 20, Seed = 5 });

        Assert.Equal(first, Sources(new() { First = 20, Seed = 5 }));
        Assert.NotEqual(first, Sources(new() { First = 20, Seed = 6 }));
        Assert.NotEqual(first, Sources(new() { First = 20 }));
        Assert.Equal(20, first.Distinct().Count());
    }

    [Fact]
    public void Some_classes_are_a_task_of_their_own()
    {
        var task = _digits.Subset(..100).OfClasses(7, 3);

        Assert.Equal(["7", "3"], task.Labels);
        Assert.Equal(20, task.Count);
        Assert.Equal([0, 1], task.GetClasses().Distinct().Order());
        var three = task.Sample(new() { Class = "3", First = 1 }).GetImage(0);
        Assert.Equal(("3", 1), (three.Label, three.Class));
        Assert.Equal(_digits.OfClass(3).GetImage(0).Source, three.Source);
        Assert.Equal(_digits.OfClass(3).GetImage(0).Data, three.Data);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => _digits.OfClasses(1, 1)).ErrorId);
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => _digits.OfClasses(10)).ErrorId);
    }

    [Fact]
    public void A_subset_of_a_subset_keeps_the_sources()
    {
        var subset = _digits.Subset([10, 20, 30]).Subset(1..);

        Assert.Equal("digits/train#30", subset.GetImage(1).Source);
        Assert.Equal([1, 28, 28], subset.ImageShape!);
        Assert.Equal(_digits.GetClass(20), subset.GetClass(0));
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => _digits.GetImage(60_000)).ErrorId);
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => _digits.Sample(new() { Index = [-1] })).ErrorId);
        Assert.Equal("IndexOutOfRange", Assert.Throws<CnnVizException>(() => _digits.OfClass(10)).ErrorId);
        Assert.Equal("ClassUnknown", Assert.Throws<CnnVizException>(() => _digits.Sample(new() { Class = "ten" })).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => _digits.Sample(new() { First = -1 })).ErrorId);
    }

    [Fact]
    public void Reading_all_pixels_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => _digits.ReadPixels(new CancellationToken(canceled: true)));

    private IEnumerable<string?> Sources(SampleOptions options)
    {
        var sample = _digits.Sample(options);
        return [.. Enumerable.Range(0, sample.Count).Select(i => sample.GetImage(i).Source)];
    }
}
