using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Imaging;
using CnnViz.Networks.Sequential;
using CnnViz.Reading;
using CnnViz.Replaying;
using CnnViz.Reporting;
using CnnViz.Running;
using CnnViz.Synthesis.Dreaming;
using CnnViz.Synthesis.Maximization;
using CnnViz.Synthesis.Style;
using CnnViz.Training;

namespace CnnViz.Tests.Replaying;

/// <summary>A recipe that is run again gives the same bits, and says what is missing or another where it cannot.</summary>
[Collection("alone")]
public sealed class ReplayTests : IDisposable
{
    private readonly CnnModel _lenet = ModelSource.Parse("lenet5-digits").Open();
    private readonly CnnModel _color = CnnModel.CreateRandom(
        SequentialNetwork.Build(["conv 8 3x3 same relu", "maxpool 2", "conv 8 3x3 same relu", "globalpool", "dense 4"], [3, 32, 32]), 1, preprocessing: Preprocessing.ImageNet(32, 36));
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _lenet.Dispose();
        _color.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Readings_of_a_batch_come_back_one_by_one()
    {
        var digits = Digits(5);
        AssertSame(FeatureReader.Read(_lenet, digits, new FeatureMapOptions { Layer = ["conv*"], Top = 3 })[7]);
        AssertSame(Predictor.Predict(_lenet, digits, new PredictionOptions { Top = 3 })[4][2]);
        AssertSame(FilterReader.Read(_lenet, "conv*", [0, 3])[3]);
        var options = new SaliencyOptions { Method = [SaliencyMethod.GradCam, SaliencyMethod.SmoothGrad], Target = ["Top1", "3"], SampleCount = 4, Seed = 5 };
        AssertSame(SaliencyReader.Read(_lenet, digits, options)[10]);
    }

    [Fact]
    public void A_convolution_comes_back_with_its_own_kernel()
    {
        var photo = Photo("photo.png", 40, 30, 0);
        AssertSame(ImageFilter.Apply(photo, new Kernel(Kernel.OwnName, new float[,] { { 0.1f, -1 }, { 1e-7f, 3 } }), new ConvolutionOptions { Stride = 2 }));
    }

    [Theory]
    [InlineData(MaximizationPreset.None)]
    [InlineData(MaximizationPreset.Thesis000)]
    [InlineData(MaximizationPreset.Lecture002)]
    [InlineData(MaximizationPreset.Thesis004)]
    public void Maximizations_come_back(MaximizationPreset preset) =>
        AssertSame(ClassMaximizer.Make(_lenet, new MaximizationOptions { Preset = preset, Class = ["1", "7"], Step = 4, Seed = 3 }, new RunOptions()).Images[1]);

    [Fact]
    public void Dreams_and_paintings_come_back_from_their_files()
    {
        var (photo, first, second, mask) = (Photo("photo.png", 60, 44, 0), Photo("one.png", 40, 40, 1), Photo("two.png", 36, 50, 2), Photo("mask.png", 30, 30, 3));
        var dream = DeepDreamer.Make(_color, photo, new DreamOptions { Guide = first, Step = 2, Octave = 2, Size = new(50, 50), Seed = 1 }, new RunOptions()).Images[0];
        AssertSame(dream, _color);
        var options = new StyleOptions { StyleLayer = [new("relu1", 0.5), new("relu2")], ContentLayer = ["relu2"], Mask = [mask, first], StyleBlend = [1, 2], Step = 3, Seed = 2 };
        AssertSame(StyleTransfer.Make(_color, photo, [first, second], options, new RunOptions()).Images[0], _color);
    }

    [Fact]
    public void Attacks_of_a_batch_come_back()
    {
        var options = new AttackOptions { Method = AttackMethod.Pgd, Epsilon = 0.1, RandomStart = true, Step = 3, Seed = 4 };
        AssertSame(AdversarialMaker.Make([_lenet], Digits(4), options, new RunOptions()).Examples[2]);
    }

    [Fact]
    public void A_robustness_and_a_training_come_back_with_their_dataset()
    {
        var digits = Datasets.Digits();
        var small = digits with { Train = digits.Train.Subset(..300), Test = digits.Test!.Subset(..40) };
        using var run = new RobustnessRun(_lenet, small.Test, new RobustnessOptions { Epsilon = [0, 0.1], First = 20, Attack = new AttackOptions { Step = 3 } });
        Run.ToEnd(run, new RunOptions());
        var options = new ReplayOptions { Models = [ModelSource.FromModel(_lenet)], Dataset = small };
        Assert.True(Again(run.Points()[1], options).IsEqual);

        using var trained = LeNetTraining.Train(small, new LeNetTrainingOptions { Epoch = 1, BatchSize = 64, Seed = 2 }, new RunOptions())!;
        var path = _folder["trained.safetensors"];
        CnnViz.Networks.Weights.ModelFile.Save(trained, path);
        var recipe = Assert.Single(RecipeFile.Read(path));
        var again = RecipeComparer.WithResult(recipe, trained, Replay.Run(recipe, options).Result);
        Assert.True(again.IsEqual, again.Verdict);
        ((CnnModel)again.Result).Dispose();
    }

    [Fact]
    public void A_saved_picture_is_compared_as_it_was_drawn()
    {
        var map = SaliencyReader.Read(_lenet, Digits(2), new SaliencyOptions { Method = [SaliencyMethod.GradCam] })[1];
        var path = _folder["map.png"];
        ImageExport.Save(Picture.Of(map)!.Draw(new DrawingOptions { Colors = ColorMap.Magma, Maps = new MapViewOptions { View = MapView.Overlay, Alpha = 0.7f } }), path);
        var saved = ImageSource.FromPath(path).Read();
        Assert.Equal("0.7", saved.Recipe!.Drawing!["Maps.Alpha"]);
        var again = RecipeComparer.WithPicture(saved.Recipe, saved, Replay.Run(saved.Recipe).Result);
        Assert.True(again.IsEqual, again.Verdict);
    }

    [Fact]
    public void A_picture_that_was_made_and_never_saved_is_made_again()
    {
        var example = AdversarialMaker.Make([_lenet], Digits(1), new AttackOptions { Epsilon = 0.1, Step = 3 }, new RunOptions()).Examples[0];
        AssertSame(FeatureReader.Read(_lenet, [example.Image], new FeatureMapOptions { Layer = ["conv1"] })[0]);
    }

    [Fact]
    public void Another_picture_or_other_weights_are_named()
    {
        var map = FeatureReader.Read(_color, [Photo("photo.png", 32, 32, 0)], new FeatureMapOptions { Layer = ["conv1"] })[0];
        var options = new ReplayOptions { Models = [ModelSource.FromModel(_color)] };
        Photo("photo.png", 32, 32, 1);
        Assert.Equal("RecipeInputDiffers", Error(map.Recipe, options));
        var warnings = new List<string>();
        var result = Replay.Run(map.Recipe, options with { AllowsOthers = true, Warning = warnings.Add }).Result;
        Assert.Contains("photo.png", Assert.Single(warnings), StringComparison.Ordinal);
        var again = RecipeComparer.WithResult(map.Recipe, map, result);
        Assert.False(again.IsEqual);
        Assert.True(again.DifferentCount > 0 && again.MaximumDifference > 0);
        Assert.StartsWith("Image: ", Assert.Single(again.Differences), StringComparison.Ordinal);

        File.Delete(_folder["photo.png"]);
        Assert.Equal("RecipeInputMissing", Error(map.Recipe, options));
        Assert.Equal("RecipeInputDiffers", Error(map.Recipe with { Inputs = [.. map.Recipe.Inputs.Select(input => input with { Sha256 = new string('0', 64) })] }, options));
        Assert.Equal("RecipeNotReplayable", Error(map.Recipe with { Operation = "Join-CnnImage" }, options));
        Assert.Equal("RecipeInvalid", Error(map.Recipe with { Inputs = map.Recipe.Inputs.Skip(1).ToArray() }, options));
        Photo("photo.png", 32, 32, 0);
        Assert.Equal("RecipeInvalid", Error(map.Recipe with { Parameters = new Dictionary<string, string> { ["Top"] = "many" } }, options));
    }

    [Fact]
    public void A_picture_is_found_beside_its_recipe()
    {
        var result = ImageFilter.Apply(Photo("photo.png", 20, 20, 0), Kernel.Parse("SobelX"));
        var moved = Directory.CreateDirectory(_folder["moved"]).FullName;
        File.Move(_folder["photo.png"], Path.Join(moved, "photo.png"));
        Assert.True(Again(result, new ReplayOptions { Folder = moved }).IsEqual);
    }

    [Fact]
    public void A_recipe_stands_beside_a_file_that_has_no_text()
    {
        var map = FeatureReader.Read(_lenet, Digits(1), new FeatureMapOptions { Layer = ["conv1"] })[0];
        ImageExport.Save(map.Values, _folder["map.npy"]);
        RecipeFile.Save([map.Recipe], RecipeFile.Beside(_folder["map.npy"]));
        Assert.Contains("\n  \"operation\": \"Get-FeatureMap\"", File.ReadAllText(_folder["map.recipe.json"]), StringComparison.Ordinal);
        Assert.Equal(map.Recipe.Inputs, Assert.Single(RecipeFile.Read(_folder["map.npy"])).Inputs);
        ImageExport.Save(new CnnImage([1], 1, 1, 1), _folder["plain.png"]);
        Assert.Equal("RecipeNotFound", Assert.Throws<CnnVizException>(() => RecipeFile.Read(_folder["plain.png"])).ErrorId);
    }

    private static CnnImage[] Digits(int count) => [.. Enumerable.Range(0, count).Select(Datasets.Digits().Test!.GetImage)];

    private CnnImage Photo(string name, int height, int width, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        var image = new CnnImage([.. Enumerable.Range(0, 3 * height * width).Select(_ => random.NextSingle())], 3, height, width);
        ImageExport.Save(image, _folder[name], new ImageWriteOptions { Force = true });
        return ImageSource.FromPath(_folder[name]).Read();
    }

    private static string Error(Recipe recipe, ReplayOptions options) => Assert.Throws<CnnVizException>(() => Replay.Run(recipe, options)).ErrorId;

    private static void AssertSame(object result, CnnModel? model = null)
    {
        var again = Again(result, new ReplayOptions { Models = model is null ? [] : [ModelSource.FromModel(model)] });
        Assert.True(again.IsEqual, $"{again.Verdict}; {string.Join("; ", again.Differences)}");
        Assert.Empty(again.Differences);
        Assert.IsType(result.GetType(), again.Result);
    }

    /// <summary>Its recipe is what a file keeps of it.</summary>
    private static RecipeComparison Again(object result, ReplayOptions options)
    {
        var recipe = RecipeJson.TryRead(RecipeJson.Write(Recipes.OfResult(result)!))!;
        return RecipeComparer.WithResult(recipe, result, Replay.Run(recipe, options).Result);
    }
}
