using CnnViz.Data;
using CnnViz.Networks.Zoo;
using CnnViz.Reading;
using static TorchSharp.torch;

namespace CnnViz.Tests.Networks;

public sealed class PatternNetTests
{
    [Fact]
    public void It_opens_with_the_names_of_VGGs_layers_and_of_the_patterns()
    {
        using var model = ModelSource.Parse("patternnet").Open();

        Assert.Equal(("patternnet", SmallVgg.Name, Precision.Float32), (model.Name, model.Architecture, model.Precision));
        Assert.Equal(Datasets.Patterns().Train.Labels, model.Labels);
        Assert.Equal(
            ["conv1_1", "relu1_1", "conv1_2", "relu1_2", "pool1", "conv2_1", "relu2_1", "conv2_2", "relu2_2", "pool2", "conv3_1", "relu3_1", "conv3_2", "relu3_2", "pool3", "conv4_1", "relu4_1", "conv4_2", "relu4_2", "avgpool", "flatten", "fc"],
            model.Network.Nodes.Skip(1).Select(node => node.Name));
    }

    [Fact]
    public void Its_file_is_small()
    {
        using var file = typeof(CnnModel).Assembly.GetManifestResourceStream("patternnet.safetensors")!;
        Assert.InRange(file.Length, 1, 5_000_000);
    }

    /// <summary>99.77 of 100, measured on all 4,800 test pictures.</summary>
    [Fact]
    public void It_knows_at_least_97_of_100_test_patterns()
    {
        using var model = ModelSource.Parse("patternnet").Open();
        var test = Datasets.Patterns().Test!.Subset(..640);
        var images = Enumerable.Range(0, test.Count).Select(test.GetImage).ToArray();

        var correct = Predictor.Predict(model, images, new PredictionOptions { Top = 1 }).Count(answers => answers[0].Class == answers[0].Image.Class);

        Assert.InRange(correct, (int)(0.97 * test.Count), test.Count);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(150, 97)]
    public void It_takes_pictures_of_any_size(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var model = ModelSource.Parse("patternnet").Open();
        Assert.Equal([2, 32], model.Run(rand([2, 3, height, width], generator: new Generator(1))).shape);
    }
}
