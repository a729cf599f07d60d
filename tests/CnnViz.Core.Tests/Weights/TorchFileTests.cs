using System.IO.Compression;
using CnnViz.Networks.Weights;
using static TorchSharp.torch;

namespace CnnViz.Tests.Weights;

/// <summary>PyTorch's two formats, on files that PyTorch wrote (tests/data/weights).</summary>
[Collection(Alone.Name)]
public sealed class TorchFileTests
{
    [Theory]
    [InlineData("types.pth")]
    [InlineData("types-old.pth")]
    [InlineData("types-protocol4.pth")]
    [InlineData("types-protocol4-old.pth")]
    public void Every_type_comes_back_with_its_values(string file)
    {
        using var content = WeightFile.Read(WeightFiles.Path(file));
        foreach (var (name, type) in ((string, ScalarType)[])
            [("float64", ScalarType.Float64), ("float32", ScalarType.Float32), ("float16", ScalarType.Float16), ("bfloat16", ScalarType.BFloat16)])
        {
            Assert.Equal(type, content.Tensors[name].dtype);
            Assert.Equal([-1.5f, -1, -0.5f, 0, 0.5f, 1, 1.5f], WeightFiles.Values(content, name));
        }
        foreach (var (name, type) in ((string, ScalarType)[])
            [("int64", ScalarType.Int64), ("int32", ScalarType.Int32), ("int16", ScalarType.Int16), ("int8", ScalarType.Int8)])
        {
            Assert.Equal(type, content.Tensors[name].dtype);
            Assert.Equal([-3f, -2, -1, 0, 1, 2, 3], WeightFiles.Values(content, name));
        }
        Assert.Equal([3f, 2, 1, 0, 1, 2, 3], WeightFiles.Values(content, "uint8"));
        Assert.Equal([0f, 0, 0, 0, 1, 1, 1], WeightFiles.Values(content, "bool"));
        Assert.Equal(7, content.Tensors["number"].item<long>());
        Assert.Equal([0L, 3L], content.Tensors["empty"].shape);
        Assert.Equal(12, content.Tensors.Count);
    }

    [Theory]
    [InlineData("views.pth")]
    [InlineData("views-old.pth")]
    public void Views_of_one_storage_become_tensors_of_their_own(string file)
    {
        var before = Alone.CountTensors();
        using (var content = WeightFile.Read(WeightFiles.Path(file)))
        {
            var all = Enumerable.Range(0, 24).Select(value => (float)value).ToArray();
            Assert.Equal(all, WeightFiles.Values(content, "base"));
            Assert.Equal([12f, 13, 14, 15, 16, 17], WeightFiles.Values(content, "row"));
            Assert.Equal([1f, 7, 13, 19], WeightFiles.Values(content, "column"));
            Assert.Equal([6L, 4L], content.Tensors["turned"].shape);
            Assert.Equal(all.OrderBy(value => value % 6).ThenBy(value => value), WeightFiles.Values(content, "turned"));
            Assert.Equal([8f, 9, 10, 14, 15, 16], WeightFiles.Values(content, "part"));
            Assert.Equal([0f, 3, 12, 15], WeightFiles.Values(content, "every other"));
            Assert.Equal([5f, 5, 5, 5, 5, 5], WeightFiles.Values(content, "repeated"));
            Assert.Equal([0f, 2, 4, 6, 8, 10], WeightFiles.Values(content, "parameter"));

            content.Tensors["base"].fill_(0);
            Assert.Equal(all, WeightFiles.Values(content, "same"));
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("checkpoint.pth")]
    [InlineData("checkpoint-old.pth")]
    public void A_checkpoint_gives_its_state_dict_and_leaves_the_optimiser(string file)
    {
        using var content = WeightFile.Read(WeightFiles.Path(file));
        Assert.Equal(["weight", "bias"], content.Tensors.Keys);
        Assert.Equal([2L, 1, 3, 3], content.Tensors["weight"].shape);
        Assert.Equal(0.25f, WeightFiles.Values(content, "bias")[0], 0.002f);
    }

    [Theory]
    [InlineData("system.pth", "posix.system")]
    [InlineData("system-old.pth", "posix.system")]
    [InlineData("system-root.pkl", "builtins.eval")]
    [InlineData("module.pth", "__main__.Net")]
    [InlineData("module-old.pth", "__main__.Net")]
    public void A_name_beyond_tensors_and_containers_is_refused_by_name(string file, string global)
    {
        var error = Assert.Throws<CnnVizException>(() => WeightFile.Open(WeightFiles.Path(file)));
        Assert.Equal("WeightFileUnsafe", error.ErrorId);
        Assert.Contains($"'{global}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("model.state_dict()", error.Message, StringComparison.Ordinal);
        Assert.Equal(file.StartsWith("module", StringComparison.Ordinal), error.Message.Contains("whole object of the class", StringComparison.Ordinal));
        Assert.False(File.Exists("harm.txt"));
    }

    [Theory]
    [InlineData("script.pt", "WeightFileUnsafe", "torch.jit.load('script.pt').state_dict()")]
    [InlineData("packed.pth", "ModelFileInvalid", "compressed")]
    [InlineData("bomb.pth", "ModelFileInvalid", "compressed")]
    [InlineData("swelling.pth", "ModelFileInvalid", "bytes of memory")]
    [InlineData("single.pth", "ModelFileInvalid", "a single tensor of shape [2]")]
    public void What_is_no_state_dict_is_refused_with_what_it_is(string file, string id, string complaint)
    {
        var error = Assert.Throws<CnnVizException>(() => WeightFile.Open(WeightFiles.Path(file)));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("types.pth")]
    [InlineData("checkpoint.pth")]
    [InlineData("checkpoint-old.pth")]
    [InlineData("types-protocol4-old.pth")]
    public void A_file_cut_at_any_byte_is_a_named_error(string file)
    {
        var whole = File.ReadAllBytes(WeightFiles.Path(file));
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = new MemoryStream(whole[..length]);
            Assert.Equal("ModelFileInvalid", Assert.Throws<CnnVizException>(() => WeightFile.Open(cut, "cut")).ErrorId);
        }
    }

    [Fact]
    public void Two_files_of_one_name_and_files_that_overlap_are_refused()
    {
        var first = ZipOf(("archive/data.pkl", "."), ("archive/data/0", "1234"), ("archive/data/0", "1234"));
        Assert.Contains("two files", Complaint(first), StringComparison.Ordinal);

        var second = ZipOf(("archive/data.pkl", "."), ("archive/data/0", "1234"), ("archive/data/1", "1234"));
        // The last entry of the directory, whose place is 42 bytes behind its signature, points to the first file.
        var entry = second.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        second.AsSpan(entry + 42, 4).Clear();
        Assert.Contains("overlaps", Complaint(second), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_that_makes_much_of_little_is_cut_off()
    {
        byte[] containers = [0x80, 2, .. Enumerable.Repeat((byte)'}', 5_000_000), (byte)'.'];
        Assert.Contains("steps", Complaint(containers), StringComparison.Ordinal);
        byte[] length = [0x80, 2, (byte)'X', 0xff, 0xff, 0xff, 0x7f, (byte)'.'];
        Assert.Contains("bytes are due", Complaint(length), StringComparison.Ordinal);
    }

    private static string Complaint(byte[] bytes)
    {
        var error = Assert.Throws<CnnVizException>(() => WeightFile.Open(new MemoryStream(bytes), "made"));
        Assert.Equal("ModelFileInvalid", error.ErrorId);
        return error.Message;
    }

    private static byte[] ZipOf(params (string Name, string Content)[] files)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var file = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                file.Write(System.Text.Encoding.ASCII.GetBytes(content));
            }
        }
        return bytes.ToArray();
    }
}
