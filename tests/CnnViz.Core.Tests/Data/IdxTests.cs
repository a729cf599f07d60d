using System.Buffers.Binary;
using System.IO.Compression;
using CnnViz.Data;

namespace CnnViz.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", false)]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", false)]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", true)]
    public void A_folder_with_the_names_of_MNIST_opens(string imagesName, string labelsName, bool compressed)
    {
        _folder.Write(imagesName, Packed(Images(3, 2, 4), compressed));
        _folder.Write(labelsName, Packed(Labels(7, 0, 9), compressed));

        var splits = Open();

        Assert.Null(splits.Test);
        Assert.Equal(3, splits.Train.Count);
        Assert.Equal(10, splits.Train.ClassCount);
        Assert.Equal([1, 2, 4], splits.Train.ImageShape!);
        Assert.Equal([7, 0, 9], splits.Train.GetClasses());
        Assert.Equal(Values(24), splits.Train.ReadPixels());
    }

    [Fact]
    public void A_picture_carries_its_values_label_class_and_source()
    {
        WriteSplit("train", 3, 7, 0, 9);

        var image = Open().Train.GetImage(1);

        Assert.Equal([1, 2, 2], image.Shape);
        Assert.Equal([4 / 255f, 5 / 255f, 6 / 255f, 7 / 255f], image.Data);
        Assert.Equal(0, image.Class);
        Assert.Equal("0", image.Label);
        Assert.Equal($"{Path.GetFileName(_folder.Path)}/train#1", image.Source);
    }

    [Fact]
    public void Train_and_test_files_make_two_splits()
    {
        WriteSplit("train", 3, 7, 0, 9);
        WriteSplit("t10k", 2, 1, 2);

        var splits = Open();

        Assert.Equal(3, splits.Train.Count);
        Assert.Equal([1, 2], splits.Test!.GetClasses());
    }

    [Theory]
    [InlineData("fashion-mnist")]
    [InlineData("FashionMNIST/raw")]
    public void The_folder_name_tells_Fashion_MNIST(string folder)
    {
        _folder.Write($"{folder}/train-images-idx3-ubyte", Images(2, 2, 2));
        _folder.Write($"{folder}/train-labels-idx1-ubyte", Labels(0, 9));

        var splits = Datasets.OpenFolder(Path.Join(_folder.Path, folder));

        Assert.Equal("Ankle boot", splits.Train.GetImage(1).Label);
    }

    [Theory]
    [InlineData("00000801", "interchanged")]
    [InlineData("00000D03", "type 0x0D")]
    [InlineData("89504E47", "89504E47")]
    public void A_wrong_magic_is_named(string magic, string expected)
    {
        var images = Images(1, 2, 2);
        Convert.FromHexString(magic).CopyTo(images, 0);
        AssertImagesInvalid(images, expected);
    }

    [Fact]
    public void Files_that_break_off_or_go_on_are_named()
    {
        AssertImagesInvalid([0, 0], "2 bytes");
        AssertImagesInvalid(Images(1, 2, 2)[..9], "in its header");
        AssertImagesInvalid(Images(1, 2, 2)[..^1], "breaks off");
        AssertImagesInvalid([.. Images(1, 2, 2), 0], "1 bytes more");
    }

    [Fact]
    public void Compressed_files_that_break_off_or_go_on_are_named()
    {
        AssertImagesInvalid(Packed(Images(1, 2, 2)[..^1], true), "breaks off");
        AssertImagesInvalid(Packed([.. Images(1, 2, 2), 0], true), "goes on");
        AssertImagesInvalid(Packed(Images(30, 20, 20), true)[..^100], "breaks off");
    }

    [Fact]
    public void Headers_that_lie_take_no_memory()
    {
        AssertImagesInvalid(Packed(Header(1000, 1000, 1000), true), "compressed bytes");
        AssertImagesInvalid(Header(0, 28, 28), "at least 1");
        AssertImagesInvalid(Header(-5, 28, 28), "at least 1");
        Assert.Equal("DatasetTooLarge", OpenError(Header(int.MaxValue, int.MaxValue, int.MaxValue), Labels(1)).ErrorId);
    }

    [Fact]
    public void Images_and_labels_must_agree()
    {
        var tooFew = OpenError(Images(3, 2, 2), Labels(1, 2));
        Assert.Equal("DatasetInvalid", tooFew.ErrorId);
        Assert.Contains("2 labels for the 3 images", tooFew.Message, StringComparison.Ordinal);

        var outOfRange = OpenError(Images(3, 2, 2), Labels(1, 10, 2));
        Assert.Equal("DatasetInvalid", outOfRange.ErrorId);
        Assert.Contains("Label 1 is 10; expected 0 to 9", outOfRange.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_companion_is_named()
    {
        _folder.Write("train-images-idx3-ubyte", Images(1, 2, 2));
        Assert.Contains("train-labels-idx1-ubyte", Assert.Throws<CnnVizException>(Open).Message, StringComparison.Ordinal);

        File.Delete(Path.Join(_folder.Path, "train-images-idx3-ubyte"));
        WriteSplit("t10k", 1, 0);
        Assert.Contains("train-images-idx3-ubyte", Assert.Throws<CnnVizException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_of_different_picture_sizes_are_refused()
    {
        WriteSplit("train", 1, 0);
        _folder.Write("t10k-images-idx3-ubyte", Images(1, 3, 2));
        _folder.Write("t10k-labels-idx1-ubyte", Labels(0));

        Assert.Contains("2 × 2 pixels, its test images 3 × 2", Assert.Throws<CnnVizException>(Open).Message, StringComparison.Ordinal);
    }

    private DatasetSplits Open() => Datasets.OpenFolder(_folder.Path);

    private CnnVizException OpenError(byte[] images, byte[] labels)
    {
        _folder.Write("train-images-idx3-ubyte", images);
        _folder.Write("train-labels-idx1-ubyte", labels);
        return Assert.Throws<CnnVizException>(Open);
    }

    private void AssertImagesInvalid(byte[] images, string expected)
    {
        var error = OpenError(images, Labels(0));
        Assert.Equal("DatasetInvalid", error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
    }

    private void WriteSplit(string prefix, int count, params byte[] labels)
    {
        _folder.Write($"{prefix}-images-idx3-ubyte", Images(count, 2, 2));
        _folder.Write($"{prefix}-labels-idx1-ubyte", Labels(labels));
    }


    private static byte[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    private static byte[] Images(int count, int height, int width) => [.. Header(count, height, width), .. Values(count * height * width)];

    private static byte[] Labels(params byte[] labels) => [.. Header(labels.Length), .. labels];

    private static byte[] Header(params int[] extents)
    {
        var header = new byte[4 + (4 * extents.Length)];
        (header[2], header[3]) = (8, (byte)extents.Length);
        for (var i = 0; i < extents.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), extents[i]);
        return header;
    }

    private static byte[] Packed(byte[] bytes, bool compressed)
    {
        if (!compressed)
            return bytes;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
