using CnnViz.Imaging;
using CnnViz.Networks.Sequential;
using CnnViz.Objectives;

namespace CnnViz.Tests.Objectives;

/// <summary>Objectives as users write them.</summary>
public sealed class ObjectiveParserTests : IDisposable
{
    private readonly CnnModel _model = SequentialModel.Create(
        ["conv 6 3x3 same relu", "maxpool 2", "conv 8 3x3 same relu", "globalpool", "dense 4"], [3, 16, 16], labels: ["red fox", "grey fox", "great tit", "owl"]);

    [Theory]
    [InlineData("class owl", "class 3")]
    [InlineData("CLASS great tit", "class 2")]
    [InlineData("probability 1", "probability 1")]
    [InlineData("channel conv1 5", "channel conv1 5")]
    [InlineData("channel  dense1   3", "channel dense1 3")]
    [InlineData("neuron conv2 7", "neuron conv2 7")]
    [InlineData("neuron conv2 7,0,4", "neuron conv2 7,0,4")]
    [InlineData("layer relu2", "layer relu2")]
    [InlineData("norm relu2", "norm relu2")]
    [InlineData("halfsquare conv1", "halfsquare conv1")]
    [InlineData("meansquare conv1", "meansquare conv1")]
    [InlineData("direction conv1 1,-2.5,0,1e-05,3,0.1", "direction conv1 1,-2.5,0,1E-05,3,0.1")]
    [InlineData("direction conv1 1,2,3,4,5,6 cosine 2", "direction conv1 1,2,3,4,5,6 cosine 2")]
    [InlineData("diversity conv1", "diversity conv1")]
    [InlineData("tv", "tv")]
    [InlineData("tv squared", "tv squared")]
    [InlineData("imagenorm", "imagenorm 2 around 0.5")]
    [InlineData("imagenorm 6", "imagenorm 6 around 0.5")]
    [InlineData("imagenorm around 0", "imagenorm 2 around 0")]
    [InlineData("imagenorm inf around 0.25", "imagenorm inf around 0.25")]
    [InlineData("0.5 * channel conv1 3", "0.5 * channel conv1 3")]
    [InlineData("0.5*channel conv1 3", "0.5 * channel conv1 3")]
    [InlineData("class owl + 2 * class red fox - tv - 1e-2 * imagenorm", "class 3 + 2 * class 0 + -1 * tv + -0.01 * imagenorm 2 around 0.5")]
    [InlineData("-1 * norm conv1", "-1 * norm conv1")]
    public void A_text_means_an_objective_whose_text_means_the_same(string text, string canonical)
    {
        var objective = Objective.Parse(text, _model);
        Assert.Equal(canonical, objective.ToString());
        Assert.Equal(canonical, Objective.Parse(objective.ToString(), _model).ToString());
    }

    [Fact]
    public void Sums_of_sums_are_sums() =>
        Assert.Equal("2 * tv + -1 * tv squared", (2 * (Objective.Parse("tv - 0.5 * tv squared", _model))).ToString());

    [Theory]
    [InlineData("", "ObjectiveInvalid", "class, probability, channel")]
    [InlineData("chanel conv1 3", "ObjectiveInvalid", "nearest: channel")]
    [InlineData("channel conv1", "ObjectiveInvalid", "the channel: a whole number")]
    [InlineData("channel conv1 x", "ObjectiveInvalid", "at 'x'")]
    [InlineData("channel conv1 3 4", "ObjectiveInvalid", "nothing more")]
    [InlineData("channel conv1 3 +", "ObjectiveInvalid", "class, probability, channel")]
    [InlineData("channel cov1 3", "LayerNotFound", "conv1")]
    [InlineData("channel conv1 6", "IndexOutOfRange", "there are 6, numbered 0 to 5")]
    [InlineData("neuron conv2 8", "IndexOutOfRange", "there are 8")]
    [InlineData("neuron conv2 7,8,0", "IndexOutOfRange", "row 8")]
    [InlineData("neuron conv2 7,0,99", "IndexOutOfRange", "column 99")]
    [InlineData("neuron conv2 7,0", "ObjectiveInvalid", "channel,row,column")]
    [InlineData("class 4", "IndexOutOfRange", "numbered 0 to 3")]
    [InlineData("class sparrow", "ClassUnknown", "sparrow")]
    [InlineData("class fox", "ClassAmbiguous", "grey fox")]
    [InlineData("class Top1", "ObjectiveInvalid", "-Target")]
    [InlineData("direction conv1 1,2", "ShapeMismatch", "[6]")]
    [InlineData("direction conv1 1,b", "ObjectiveInvalid", "'b'")]
    [InlineData("direction conv1 missing.npy", "FileNotFound", "missing.npy")]
    [InlineData("imagenorm 0.5", "ObjectiveInvalid", "1 or more")]
    [InlineData("1e999 * tv", "ObjectiveInvalid", "a weight")]
    public void What_is_not_understood_or_not_there_is_named(string text, string errorId, string said)
    {
        var error = Assert.Throws<CnnVizException>(() => Objective.Parse(text, _model, [3, 16, 16]));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direction_can_be_a_file_and_is_numbers_from_then_on()
    {
        using var folder = new TemporaryFolder();
        var path = folder["direction.npy"];
        ImageExport.Save(new CnnTensor([1, 0, -1, 2, 0.5f, 3], [6]), path);
        Assert.Equal("direction conv1 1,0,-1,2,0.5,3", Objective.Parse("direction conv1 direction.npy", _model, resolvePath: name => folder[name]).ToString());
        Assert.Equal("direction conv1", Objective.Parse($"direction conv1 {path}", _model).Caption);
    }

    [Fact]
    public void Places_in_a_map_are_checked_where_the_picture_s_size_is_known()
    {
        Assert.Equal("neuron conv1 0,30,30", Objective.Parse("neuron conv1 0,30,30", _model).ToString());
        Assert.Equal("neuron conv1 0,30,30", Objective.Parse("neuron conv1 0,30,30", _model, [3, 32, 32]).ToString());
    }

    public void Dispose() => _model.Dispose();
}
