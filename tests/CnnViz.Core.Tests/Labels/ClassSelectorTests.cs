using CnnViz.Networks.Labels;

namespace CnnViz.Tests.Labels;

public sealed class ClassSelectorTests
{
    private static readonly ClassLabels Animals = new(["cat", "Cat", "sea lion", "sea lion cub", "dog", "dog"], null);

    [Theory]
    [InlineData("319")]
    [InlineData("dragonfly")]
    [InlineData("Dragonfly")]
    [InlineData("n02268443")]
    [InlineData("N02268443")]
    public void AClassIsFoundByIndexLabelOrWordNetId(string text) => Assert.Equal(319, ImageNet(text).Class);

    [Theory]
    [InlineData("great_white_shark", 2)]
    [InlineData("golden retriever", 207)]
    [InlineData("lesser panda", 387)]
    [InlineData("cardigan", 474)]
    [InlineData("Cardigan", 264)]
    [InlineData("crane", 517)]
    [InlineData("hummingbird", 94)]
    [InlineData("retriever golden", null)]
    public void ALabelFitsAsItStandsOrByItsWords(string text, int? expected)
    {
        if (expected is null)
            Fails("ClassUnknown", () => ImageNet(text));
        else
            Assert.Equal(expected, ImageNet(text).Class);
    }

    [Theory]
    [InlineData("shark", "great white shark", "tiger shark")]
    [InlineData("CARDIGAN", "264 Cardigan", "474 cardigan")]
    public void AnAmbiguousLabelListsWhatItFits(string text, params string[] listed)
    {
        var error = Fails("ClassAmbiguous", () => ImageNet(text));
        Assert.All(listed, label => Assert.Contains(label, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void TheStrictestFitDecides()
    {
        Assert.Equal(0, ClassSelector.Parse("cat", Animals, "animals").Class);
        Assert.Equal(1, ClassSelector.Parse("Cat", Animals, "animals").Class);
        Assert.Equal(2, ClassSelector.Parse("Sea_Lion", Animals, "animals").Class);
        Assert.Equal(3, ClassSelector.Parse("cub", Animals, "animals").Class);
        Assert.Contains("4 dog, 5 dog", Fails("ClassAmbiguous", () => ClassSelector.Parse("dog", Animals, "animals")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Top1", 2)]
    [InlineData("top2", 0)]
    [InlineData("Top4", 1)]
    [InlineData("3", 3)]
    public void APlaceAmongTheAnswersDependsOnThePicture(string text, int expected)
    {
        var selector = ClassSelector.Parse(text, ClassLabels.Numbers(4), "numbers");
        Assert.Equal(expected, selector.Resolve([0.5f, -1, 3, 0]));
        Assert.Equal(text == "3", selector.Class is not null);
    }

    [Theory]
    [InlineData("1000", "IndexOutOfRange", "0 to 999")]
    [InlineData("-1", "IndexOutOfRange", "0 to 999")]
    [InlineData("Top0", "IndexOutOfRange", "1 to 1000")]
    [InlineData("Top1001", "IndexOutOfRange", "1 to 1000")]
    [InlineData("dragonfyl", "ClassUnknown", "dragonfly")]
    [InlineData("n00000000", "ClassUnknown", "WordNet id")]
    public void WhatIsNoClassIsAnError(string text, string id, string said) =>
        Assert.Contains(said, Fails(id, () => ImageNet(text)).Message, StringComparison.Ordinal);

    private static ClassSelector ImageNet(string text) => ClassSelector.Parse(text, ClassLabels.ImageNet, "the model");

    private static CnnVizException Fails(string id, Action action)
    {
        var error = Assert.Throws<CnnVizException>(action);
        Assert.Equal(id, error.ErrorId);
        return error;
    }
}
