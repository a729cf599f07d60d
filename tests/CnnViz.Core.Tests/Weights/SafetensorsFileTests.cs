using System.Buffers.Binary;
using System.Text;
using CnnViz.Networks.Weights;
using static TorchSharp.torch;

namespace CnnViz.Tests.Weights;

[Collection(Alone.Name)]
public sealed class SafetensorsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cnnviz");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Tensors_and_texts_come_back()
    {
        var path = Path.Combine(_folder.FullName, "a.safetensors");
        using var scope = NewDisposeScope();
        var numbers = tensor([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]);
        SafetensorsFile.Write(
            path,
            [new("t", numbers.transpose(0, 1)), new("n", tensor([7L], [])), new("empty", zeros([0]))],
            new Dictionary<string, string> { ["key"] = "zażółć" });
        using var content = WeightFile.Read(path);
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], TensorTransfer.ToArray(content.Tensors["t"]));
        Assert.Equal([3L, 2L], content.Tensors["t"].shape);
        Assert.Equal(7, content.Tensors["n"].item<long>());
        Assert.Empty(TensorTransfer.ToArray(content.Tensors["empty"]));
        Assert.Equal("zażółć", content.Metadata["key"]);
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, null)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 7, "cut short")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "do not hold it")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "starts at 4")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}", 8, "the shape [-1]")]
    [InlineData("{\"a\":{\"dtype\":\"X9\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "known dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}", 8, "damaged")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "starts at 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 9, "1 bytes follow")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "two tensors of the name 'a'")]
    [InlineData("[1]", 0, "another format")]
    [InlineData("{\"a\":", 0, "damaged")]
    public void A_header_is_believed_only_where_it_holds_together(string header, int dataBytes, string? complaint)
    {
        var before = Alone.CountTensors();
        var path = WriteRaw(header, header.Length, dataBytes);
        if (complaint is null)
        {
            WeightFile.Read(path).Dispose();
        }
        else
        {
            var error = Assert.Throws<CnnVizException>(() => WeightFile.Read(path));
            Assert.Equal("ModelFileInvalid", error.ErrorId);
            Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void A_header_length_that_lies_takes_no_memory(long length)
    {
        var error = Assert.Throws<CnnVizException>(() => WeightFile.Read(WriteRaw("{}", length, 0)));
        Assert.Contains("header claims", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_a_named_error()
    {
        var path = Path.Combine(_folder.FullName, "whole.safetensors");
        using (NewDisposeScope())
            SafetensorsFile.Write(path, [new("w", ones([5])), new("v", ones([3]))], new Dictionary<string, string> { ["a"] = "b" });
        var bytes = File.ReadAllBytes(path);
        var before = Alone.CountTensors();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = Path.Combine(_folder.FullName, "cut.safetensors");
            File.WriteAllBytes(cut, bytes[..length]);
            Assert.Equal("ModelFileInvalid", Assert.Throws<CnnVizException>(() => WeightFile.Read(cut)).ErrorId);
        }
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal("FileNotFound", Assert.Throws<CnnVizException>(() => WeightFile.Read(path + ".none")).ErrorId);
    }

    [Fact]
    public void A_model_file_of_other_shapes_lists_what_does_not_fit()
    {
        var path = Path.Combine(_folder.FullName, "other.safetensors");
        using (NewDisposeScope())
        {
            SafetensorsFile.Write(
                path, [new("conv1.weight", ones([1, 2])), new("stray", ones([1]))], new Dictionary<string, string> { ["cnnviz.architecture"] = "lenet5" });
        }
        var error = Assert.Throws<CnnVizException>(() => ModelFile.Load(path));
        Assert.Equal("WeightsMismatch", error.ErrorId);
        Assert.Contains("conv1.weight is Float32 [1, 2], expected Float32 [6, 1, 5, 5]", error.Message, StringComparison.Ordinal);
        Assert.Contains("conv1.bias is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("more", error.Message, StringComparison.Ordinal);
    }

    private string WriteRaw(string header, long claimed, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, claimed);
        text.CopyTo(bytes, 8);
        var path = Path.Combine(_folder.FullName, "raw.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
