using CnnViz.Imaging;

namespace CnnViz.Tests;

/// <summary>predict, layers, filters and features.</summary>
public sealed class ReadingCommandTests : CliTest
{
    private const string Model = "lenet5";

    [Fact]
    public void Predictions_come_ranked_and_add_up_to_one()
    {
        var predictions = RunJson("predict", Digit(1), Digit(2), "--model", Model, "--top", "10").EnumerateArray().ToArray();

        Assert.Equal(20, predictions.Length);
        Assert.Equal(Enumerable.Range(1, 10), predictions.Take(10).Select(prediction => prediction.GetProperty("Rank").GetInt32()));
        Assert.Equal(1, predictions.Take(10).Sum(prediction => prediction.GetProperty("Probability").GetDouble()), 4);
        Assert.EndsWith("digit-2.png", predictions[10].GetProperty("Image").GetProperty("Source").GetString(), StringComparison.Ordinal);
        Assert.False(predictions[0].GetProperty("Image").TryGetProperty("Data", out _));
        Assert.False(predictions[0].TryGetProperty("Model", out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(9)]
    public void The_built_in_model_reads_built_in_digits(int digit)
    {
        var prediction = RunJson("predict", Digit(digit), "--model", "lenet5-digits", "--top", "1")[0];

        Assert.Equal(digit, prediction.GetProperty("Class").GetInt32());
        Assert.True(prediction.GetProperty("Probability").GetDouble() > 0.8);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_does_not_keep_the_others_back()
    {
        var broken = PathOf("broken.png");
        File.WriteAllText(broken, "no picture");

        var outcome = Run("predict", broken, PathOf("missing.png"), Digit(3), "--model", Model, "--json");

        AssertFails(outcome, 1, "ImageUnreadable");
        AssertFails(outcome, 1, "FileNotFound");
        Assert.Equal(5, outcome.Json.GetArrayLength());
    }

    [Fact]
    public void A_picture_that_the_model_cannot_take_does_not_keep_the_others_back()
    {
        var small = PathOf("small.png");
        ImageExport.Save(new CnnImage(new float[900], 1, 30, 30), small, ImageWriteOptions.Default);

        var outcome = Run("predict", small, Digit(3), "--model", Model, "--preprocessing", "None", "--top", "1", "--json");

        AssertFails(outcome, 2, "ShapeMismatch");
        Assert.Equal(1, outcome.Json.GetArrayLength());
    }

    [Theory]
    [InlineData(1, "ModelNotFound", "--model", "lenet55")]
    [InlineData(1, "DeviceUnknown", "--model", Model, "--device", "tpu")]
    [InlineData(2, "ArgumentInvalid", "--model", Model, "--top", "0")]
    [InlineData(2, "ArgumentInvalid", "--model", Model, "--top", "three")]
    [InlineData(2, "ArgumentInvalid")]
    [InlineData(2, "ArgumentInvalid", "--model", Model, "--tpo", "3")]
    public void Bad_arguments_of_predict_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["predict", Digit(), .. args]), exitCode, errorId);

    [Fact]
    public void Architectures_tell_size_and_published_weights()
    {
        var vgg = RunJson("architectures", "--name", "vgg19*").EnumerateArray().First();

        Assert.Equal("vgg19", vgg.GetProperty("Name").GetString());
        Assert.Equal(143_667_240, vgg.GetProperty("ParameterCount").GetInt64());
        Assert.Equal(574_673_361, vgg.GetProperty("WeightsBytes").GetInt64());
        Assert.Contains("72.4 %", Run("architectures", "--name", "vgg19").Output, StringComparison.Ordinal);
        AssertFails(Run("architectures", "--name", "vgg91"), 1, "ArchitectureUnknown");
    }

    [Theory]
    [InlineData(1, "WeightsUnknown", "--pretrained")]
    [InlineData(2, "ArgumentInvalid", "--class-count", "0")]
    [InlineData(2, "ArgumentInvalid", "--precision", "half")]
    [InlineData(1, "FileNotFound", "--label", "nothing.txt")]
    [InlineData(2, "ArgumentInvalid", "--architecture", "vgg19")]
    public void Bad_wishes_for_a_model_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["predict", Digit(), "--model", Model, .. args]), exitCode, errorId);

    [Fact]
    public void A_model_gets_classes_labels_and_numbers_as_wished()
    {
        File.WriteAllLines(PathOf("names.txt"), ["cat", "dog"]);

        var predictions = RunJson("predict", Digit(), "--model", Model, "--class-count", "2", "--label", PathOf("names.txt"), "--precision", "bfloat16");

        Assert.Equal(["cat", "dog"], predictions.EnumerateArray().Select(prediction => prediction.GetProperty("Label").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Layers_tell_shape_and_parameters()
    {
        var layers = RunJson("layers", "--model", Model).EnumerateArray().ToArray();
        var conv2 = layers.Single(layer => layer.GetProperty("Name").GetString() == "conv2");

        Assert.Equal([16, 10, 10], conv2.GetProperty("OutputShape").EnumerateArray().Select(extent => extent.GetInt32()));
        Assert.Equal(2416, conv2.GetProperty("ParameterCount").GetInt32());
        Assert.Equal(14, conv2.GetProperty("ReceptiveField").GetInt32());
        Assert.Equal(2, RunJson("layers", "--model", Model, "--name", "conv*").GetArrayLength());
    }

    [Fact]
    public void Layers_are_told_for_any_size_of_input()
    {
        var first = RunJson("layers", "--model", "squeezenet1_1", "--input-size", "96", "128", "--batch-size", "2")[0];

        Assert.Equal([64, 47, 63], first.GetProperty("OutputShape").EnumerateArray().Select(extent => extent.GetInt32()));
        AssertFails(Run("layers", "--model", Model, "--input-size", "0"), 2, "ArgumentInvalid");
    }

    [Fact]
    public void Layers_are_an_aligned_table_for_readers()
    {
        var lines = Run("layers", "--model", Model).Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("Name", lines[0], StringComparison.Ordinal);
        Assert.Equal(19, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].IndexOf("Type", StringComparison.Ordinal), line.LastIndexOf("  ", 10, StringComparison.Ordinal) + 2));
    }

    [Fact]
    public void An_unknown_layer_names_the_nearest_and_the_command_that_lists_them()
    {
        var outcome = Run("layers", "--model", Model, "--name", "conv3");

        AssertFails(outcome, 1, "LayerNotFound");
        Assert.Contains("conv1", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("cnnviz layers lists", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_become_a_sheet_with_a_recipe()
    {
        var sheet = PathOf("filters.png");

        var result = RunJson("filters", "--model", "four-filters", "--layer", "conv", "--annotate", "-o", sheet);

        Assert.Equal(4, result.GetProperty("Filters").GetArrayLength());
        Assert.Equal([1, 4, 4], result.GetProperty("Filters")[0].GetProperty("Values").GetProperty("Shape").EnumerateArray().Select(extent => extent.GetInt32()));
        Assert.Equal("Get-CnnFilter", ImageSource.FromPath(sheet).Read().Recipe?.Operation);
    }

    [Fact]
    public void A_filter_index_out_of_range_is_a_wrong_argument() =>
        AssertFails(Run("filters", "--model", Model, "--layer", "conv1", "--index", "6"), 2, "IndexOutOfRange");

    [Fact]
    public void Features_become_a_picture_each_and_a_sheet()
    {
        var (sheet, folder) = (PathOf("sheet.png"), PathOf("maps"));

        var result = RunJson("features", Digit(), "--model", Model, "--layer", "conv1,conv2", "--channel", "0,2", "-o", sheet, "-d", folder);

        var maps = result.GetProperty("Maps").EnumerateArray().ToArray();
        Assert.Equal(["conv1", "conv2"], maps.Select(map => map.GetProperty("Layer").GetString()));
        Assert.Equal([2, 28, 28], maps[0].GetProperty("Shape").EnumerateArray().Select(extent => extent.GetInt32()));
        Assert.Equal(2, Directory.GetFiles(folder, "digit-6-conv?.png").Length);
        Assert.Equal(3, result.GetProperty("Files").GetArrayLength());
        Assert.Equal("Get-FeatureMap", ImageSource.FromPath(sheet).Read().Recipe?.Operation);
    }

    [Fact]
    public void One_feature_map_is_written_as_numbers_too()
    {
        var values = PathOf("map.npy");

        var result = RunJson("features", Digit(), "--model", Model, "--layer", "conv1", "--channel", "3", "-o", values);

        var read = ImageSource.FromPath(values).ReadTensor();
        Assert.Equal([1, 28, 28], read.Shape);
        Assert.Equal(result.GetProperty("Maps")[0].GetProperty("Maximum").GetSingle(), read.Maximum);
    }

    [Theory]
    [InlineData(1, "LayerNotFound", "--layer", "conv9")]
    [InlineData(2, "IndexOutOfRange", "--layer", "conv1", "--channel", "6")]
    [InlineData(2, "ArgumentInvalid", "--layer", "conv1", "--channel", "first")]
    [InlineData(2, "ArgumentInvalid", "--layer", "conv1", "--color-map", "rainbow")]
    [InlineData(2, "ArgumentInvalid", "--layer", "conv*", "-o", "maps.npy")]
    [InlineData(2, "ArgumentInvalid", "--layer", "conv1", "--top", "0")]
    [InlineData(1, "LayerNotFound", "--layer", "input")]
    [InlineData(2, "OutputFormatUnknown", "--layer", "conv1", "-o", "maps.xyz")]
    [InlineData(1, "OutputUnwritable", "--layer", "conv1", "-o", "no-such-folder/maps.png")]
    public void Bad_arguments_of_features_are_named(int exitCode, string errorId, params string[] args) =>
        AssertFails(Run(["features", Digit(), "--model", Model, .. args]), exitCode, errorId);
}
