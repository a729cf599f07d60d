using System.Text;
using CnnViz.Networks.Labels;

namespace CnnViz.Tests.Labels;

public sealed class ClassLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "n01440764", "tench")]
    [InlineData(134, "n02012849", "crane bird")]
    [InlineData(207, "n02099601", "golden retriever")]
    [InlineData(319, "n02268443", "dragonfly")]
    [InlineData(999, "n15075141", "toilet tissue")]
    public void ImageNetsClassesStandInTheOrderOfTheirSynsets(int index, string wordNetId, string name)
    {
        var labels = ClassLabels.ImageNet;
        Assert.Equal(1000, labels.Names.Count);
        Assert.Equal((wordNetId, name), (labels.WordNetIds![index], labels.Names[index]));
        Assert.Equal(labels.WordNetIds.Order(StringComparer.Ordinal), labels.WordNetIds);
        Assert.Equal(1000, labels.Names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void TheNamesOfImageNetBringTheirWordNetIds()
    {
        Assert.Equal("n02268443", new ClassLabels(ClassLabels.ImageNet.Names).WordNetIds![319]);
        Assert.Null(new ClassLabels([.. ClassLabels.ImageNet.Names.Reverse()]).WordNetIds);
    }

    [Theory]
    [InlineData("cat\ndog\n")]
    [InlineData("cat\r\ndog")]
    [InlineData("[\"cat\", \"dog\"]")]
    [InlineData("{\"1\": \"dog\", \"0\": \"cat\"}")]
    public void AFileNamesTheClasses(string content)
    {
        var labels = LabelFile.Read(_folder.Write("labels", Encoding.UTF8.GetBytes(content)));
        Assert.Equal(["cat", "dog"], labels.Names);
        Assert.Null(labels.WordNetIds);
    }

    [Fact]
    public void AnIndexOfClassesBringsWordNetIds()
    {
        var labels = LabelFile.Read(_folder.Write("index.json", """{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}"""u8.ToArray()));
        Assert.Equal(["tench", "goldfish"], labels.Names);
        Assert.Equal(["n01440764", "n01443537"], labels.WordNetIds!);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{\"0\": \"cat\", \"2\": \"dog\"}", "number 1 is missing")]
    [InlineData("{\"0\": 7}", "list of names")]
    [InlineData("{\"0\": \"cat\", \"0\": \"dog\"}", "class 0 twice")]
    [InlineData("[\"cat\", null]", "a name is null")]
    [InlineData("[\"cat\", ", "list of names")]
    public void AFileThatNamesNoClassesIsAnError(string content, string said)
    {
        var path = _folder.Write("labels", Encoding.UTF8.GetBytes(content));
        var error = Assert.Throws<CnnVizException>(() => LabelFile.Read(path));
        Assert.Equal("LabelFileInvalid", error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsAnError() =>
        Assert.Equal("FileNotFound", Assert.Throws<CnnVizException>(() => LabelFile.Read(_folder["nothing"])).ErrorId);
}
