using CnnViz.Networks;
using CnnViz.Networks.Weights;
using CnnViz.Networks.Zoo;
using static TorchSharp.torch;

namespace CnnViz.Tests.Weights;

[Collection(Alone.Name)]
public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("wrapped.pth")]
    [InlineData("wrapped-old.pth")]
    public void A_file_of_other_origin_is_recognised_by_its_entries(string file)
    {
        using var model = ModelFile.Load(WeightFiles.Path(file), new ModelFileOptions { Labels = ["a", "b", "c"] });
        Assert.Equal("lenet5", model.Architecture);
        Assert.Equal(3, model.ClassCount);
        Assert.Equal(["a", "b", "c"], model.Labels);
        Assert.Equal(0.5f, model.GetParameter("conv1.weight").Data[0]);
        Assert.Equal([19.5f, 19.5f, 19.5f], model.GetParameter("fc4.bias").Data);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public void Values_become_float32_and_a_missing_count_of_batches_zero()
    {
        using var whole = CnnModel.CreateRandom(LeNet5.Thesis(), 1);
        var path = _folder["double.safetensors"];
        using (NewDisposeScope())
        {
            SafetensorsFile.Write(
                path,
                [.. whole.Weights.Where(pair => !pair.Key.EndsWith("tracked", StringComparison.Ordinal)).Select(pair => KeyValuePair.Create($"model.{pair.Key}", pair.Value.to(ScalarType.Float64)))],
                new Dictionary<string, string>());
        }
        using var model = ModelFile.Load(path);
        Assert.Equal(whole.WeightsHash, model.WeightsHash);
    }

    [Fact]
    public void A_model_of_half_the_numbers_comes_back_as_it_was_unless_others_are_asked_for()
    {
        using var whole = CnnModel.CreateRandom(LeNet5.Thesis(), 1);
        whole.ConvertTo(Precision.BFloat16);
        ModelFile.Save(whole, _folder["half.safetensors"]);
        using var model = ModelSource.Parse(_folder["half.safetensors"]).Open();
        Assert.Equal((Precision.BFloat16, whole.WeightsHash), (model.Precision, model.WeightsHash));
        using var full = ModelSource.Parse(_folder["half.safetensors"]).Open(new ModelImportOptions { Precision = Precision.Float32 });
        Assert.Equal(Precision.Float32, full.Precision);
    }

    [Fact]
    public void Float16_halves_the_file_and_is_float32_again_when_it_is_read()
    {
        using var whole = CnnModel.CreateRandom(LeNet5.Thesis(), 1);
        ModelFile.Save(whole, _folder["whole.safetensors"]);
        ModelFile.Save(whole, _folder["half.safetensors"], isHalf: true);
        Assert.InRange(new FileInfo(_folder["half.safetensors"]).Length, 0, 0.6 * new FileInfo(_folder["whole.safetensors"]).Length);
        using var model = ModelFile.Load(_folder["half.safetensors"]);
        Assert.Equal(Precision.Float32, model.Precision);
        foreach (var (name, tensor) in whole.Weights.Where(pair => pair.Value.dtype == ScalarType.Float32))
            Assert.Equal(TensorTransfer.ToArray(tensor), TensorTransfer.ToArray(model.Weights[name]), (one, other) => Math.Abs(one - other) <= (Math.Abs(one) / 2048) + 6e-8);
    }

    [Fact]
    public void Weights_beyond_float16_are_not_written_as_such()
    {
        using var model = CnnModel.CreateRandom(LeNet5.Thesis(), 1);
        using (no_grad())
            model.Weights["conv1.weight"].fill_(1e5);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => ModelFile.Save(model, _folder["half.safetensors"], isHalf: true)).ErrorId);
        Assert.False(File.Exists(_folder["half.safetensors"]));
    }

    [Fact]
    public void Another_number_of_classes_comes_back_from_a_file_of_this_project()
    {
        using var whole = CnnModel.CreateRandom(LeNet5.Thesis(classCount: 4), 1);
        ModelFile.Save(whole, _folder["four.safetensors"]);
        using var model = ModelFile.Load(_folder["four.safetensors"]);
        Assert.Equal(4, model.ClassCount);
        Assert.Equal(whole.WeightsHash, model.WeightsHash);
    }

    [Fact]
    public void Labels_that_are_not_as_many_as_the_classes_are_refused()
    {
        var error = Assert.Throws<CnnVizException>(() => ModelFile.Load(WeightFiles.Path("wrapped.pth"), new ModelFileOptions { Labels = ["a", "b"] }));
        Assert.Equal("LabelCountMismatch", error.ErrorId);
        Assert.Contains("2 labels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_architecture_than_the_one_asked_for_is_refused_with_what_differs()
    {
        var error = Assert.Throws<CnnVizException>(() => ModelFile.Load(WeightFiles.Path("wrapped.pth"), new ModelFileOptions { Architecture = "lenet5-3x3" }));
        Assert.Equal("WeightsMismatch", error.ErrorId);
        Assert.Contains("conv1.weight is Float32 [6, 1, 5, 5], expected Float32 [6, 1, 3, 3]", error.Message, StringComparison.Ordinal);
        Assert.Equal("ArchitectureUnknown", Assert.Throws<CnnVizException>(
            () => ModelFile.Load(WeightFiles.Path("wrapped.pth"), new ModelFileOptions { Architecture = "lenet6" })).ErrorId);
    }

    [Fact]
    public void Entries_that_fit_nothing_name_the_nearest_architecture()
    {
        using (NewDisposeScope())
        {
            SafetensorsFile.Write(
                _folder["near.safetensors"],
                [.. LeNet5.Thesis().Parameters.Where(parameter => parameter.Name != "bn2.bias").Select(parameter => KeyValuePair.Create(parameter.Name, zeros(parameter.Spec.Extents, parameter.Spec.DataType)))],
                new Dictionary<string, string>());
        }
        var error = Assert.Throws<CnnVizException>(() => ModelFile.Load(_folder["near.safetensors"]));
        Assert.Equal("WeightsMismatch", error.ErrorId);
        Assert.Contains("the nearest is lenet5: bn2.bias is missing.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Seven_filters_are_no_four_filters()
    {
        using (NewDisposeScope())
            SafetensorsFile.Write(_folder["seven.safetensors"], [new("conv.weight", zeros([7, 1, 4, 4]))], new Dictionary<string, string>());
        var error = Assert.Throws<CnnVizException>(() => ModelFile.Load(_folder["seven.safetensors"]));
        Assert.Equal("WeightsMismatch", error.ErrorId);
        Assert.Contains("conv.weight is Float32 [7, 1, 4, 4], expected Float32 [4, 1, 4, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_loaded_with_a_warning()
    {
        using var whole = CnnModel.CreateRandom(LeNet5.Thesis(), 1);
        using (NewDisposeScope())
        {
            whole.Weights["conv2.bias"].fill_(float.NaN);
            whole.Weights["fc1.bias"].fill_(float.NegativeInfinity);
            whole.Weights["fc2.bias"].fill_(3e38f);
        }
        ModelFile.Save(whole, _folder["nan.safetensors"]);
        using var model = ModelFile.Load(_folder["nan.safetensors"]);
        Assert.Contains("not a number, in conv2.bias, fc1.bias.", Assert.Single(model.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistaken_file_is_told_by_what_it_is()
    {
        foreach (var (start, complaint) in ((string, string)[])
            [("version https://git-lfs.github.com/spec/v1\noid sha256:0", "git lfs pull"), ("<!DOCTYPE html>", "web page"), ("GGUF\u0003", "GGUF"), ("", "empty"), ("some text", "of another format")])
        {
            File.WriteAllText(_folder["file"], start);
            var error = Assert.Throws<CnnVizException>(() => ModelFile.Load(_folder["file"]));
            Assert.Equal("ModelFileInvalid", error.ErrorId);
            Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal("FileNotFound", Assert.Throws<CnnVizException>(() => ModelFile.Load(_folder["none"])).ErrorId);
    }

    [Fact]
    public void No_two_architectures_have_the_same_parameters_so_that_each_is_recognised()
    {
        var signatures = Architectures.All.Select(architecture => string.Join(';', architecture.Builder(7).Parameters
            .Select(parameter => $"{parameter.Name} {string.Join(',', parameter.Spec.Shape)}").Order(StringComparer.Ordinal)));
        Assert.Distinct(signatures);
    }

    [Fact]
    public void Heads_that_only_training_uses_may_be_missing()
    {
        var path = _folder["googlenet.safetensors"];
        using (NewDisposeScope())
        {
            var one = tensor([0.25f], []);
            SafetensorsFile.Write(
                path,
                [.. GoogLeNet.Build(2).Parameters.Where(parameter => !parameter.Name.StartsWith("aux", StringComparison.Ordinal))
                    .Select(parameter => KeyValuePair.Create(parameter.Name, one.expand(parameter.Spec.Extents).to(parameter.Spec.DataType)))],
                new Dictionary<string, string>());
        }
        using var model = ModelFile.Load(path);
        Assert.Equal(2, model.ClassCount);
        Assert.Contains("heads that only training uses", Assert.Single(model.Warnings), StringComparison.Ordinal);
        Assert.Equal(0.25f, model.GetParameter("fc.bias").Data[1]);
        Assert.True(model.GetParameter("aux1.fc1.weight").Maximum < 0.1f);
    }

    [Fact]
    public void Densenets_older_names_fit()
    {
        var network = Architectures.Find("densenet121")!.Build(2);
        var path = _folder["old.safetensors"];
        using (NewDisposeScope())
        {
            var one = tensor([0.25f], []);
            SafetensorsFile.Write(
                path,
                [.. network.Parameters.Select(parameter => KeyValuePair.Create(
                    System.Text.RegularExpressions.Regex.Replace(parameter.Name, @"(denselayer\d+\.(norm|conv))(\d)", "$1.$3"),
                    one.expand(parameter.Spec.Extents).to(parameter.Spec.DataType)))],
                new Dictionary<string, string>());
        }
        using var model = ModelFile.Load(path);
        Assert.Equal("densenet121", model.Architecture);
    }

    [Theory]
    [InlineData("cnnviz.preprocessing", "{\"Height\":28,\"Width\":28,\"Mean\":null,\"Deviation\":[1]}", "ModelFileInvalid")]
    [InlineData("cnnviz.preprocessing", "{\"Height\":28,\"Width\":28,\"Mean\":[0,0,0],\"Deviation\":[1,1,1]}", "ModelFileInvalid")]
    [InlineData("cnnviz.preprocessing", "{\"Height\":0,\"Width\":28,\"Mean\":[0],\"Deviation\":[1]}", "ModelFileInvalid")]
    [InlineData("cnnviz.preprocessing", "[", "ModelFileInvalid")]
    [InlineData("cnnviz.history", "null", "ModelFileInvalid")]
    [InlineData("cnnviz.labels", "[\"a\"]", "LabelCountMismatch")]
    [InlineData("cnnviz.architecture", "lenet6", "ArchitectureUnknown")]
    public void Metadata_that_do_not_hold_together_are_named_errors(string key, string text, string id)
    {
        var path = _folder["metadata.safetensors"];
        using (var whole = CnnModel.CreateRandom(LeNet5.Thesis(), 1))
        {
            SafetensorsFile.Write(
                path,
                [.. whole.Network.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, whole.Weights[parameter.Name]))],
                new Dictionary<string, string> { ["cnnviz.architecture"] = "lenet5", [key] = text });
        }
        var before = Alone.CountTensors();
        Assert.Equal(id, Assert.Throws<CnnVizException>(() => ModelFile.Load(path)).ErrorId);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
