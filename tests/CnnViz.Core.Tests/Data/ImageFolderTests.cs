using CnnViz.Data;
using CnnViz.Imaging;

namespace CnnViz.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly byte[] Picture = ImageExport.Encode(new CnnImage([0.2f, 0.4f, 0.6f], 3, 1, 1));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_and_test_folders_are_read_in_ordinal_order()
    {
        Touch("train/cat/b.png", "train/cat/a.JPG", "train/Zebra/1.png", "train/ant/x.webp", "train/cat/notes.txt", "train/.hidden/x.png");
        Touch("test/cat/t.png");

        var splits = Open();

        Assert.Equal(["Zebra", "ant", "cat"], splits.Train.Labels);
        Assert.Equal([0, 1, 2, 2], splits.Train.GetClasses());
        Assert.EndsWith("a.JPG", splits.Train.GetImage(2).Source, StringComparison.Ordinal);
        Assert.Equal([2], splits.Test!.GetClasses());
        Assert.Equal("cat", splits.Test.GetImage(0).Label);
    }

    [Fact]
    public void Classes_without_splits_above_them_have_no_test_part()
    {
        Touch("train/1.png", "bus/1.png", "bus/2.png");

        var splits = Open();

        Assert.Null(splits.Test);
        Assert.Equal(["bus", "train"], splits.Train.Labels);
        Assert.Equal([0, 0, 1], splits.Train.GetClasses());
    }

    [Fact]
    public void Files_are_read_only_when_asked_for()
    {
        Touch("a/1.png", "a/2.png");

        var train = Open().Train;
        Assert.Null(train.ImageShape);
        Assert.Null(train.ReadPixels());
        File.Delete(Path.Join(_folder.Path, "a", "1.png"));

        var image = train.Subset([1]).GetImage(0);
        Assert.Equal((0, "a", Path.Join(_folder.Path, "a", "2.png")), (image.Class!.Value, image.Label!, image.Source!));
        Assert.Equal([0.2f, 0.4f, 0.6f], image.Data);
        Assert.Equal("FileNotFound", Assert.Throws<CnnVizException>(() => train.GetImage(0)).ErrorId);
    }

    [Fact]
    public void An_unreadable_picture_is_an_error_of_its_own()
    {
        Touch("a/1.png", "a/z.png");
        _folder.Write("a/broken.png", "no picture"u8.ToArray());

        var train = Open().Train;

        Assert.Equal("ImageUnreadable", Assert.Throws<CnnVizException>(() => train.GetImage(1)).ErrorId);
        Assert.Equal("a", train.GetImage(2).Label);
    }

    [Fact]
    public void A_test_class_that_training_lacks_is_named()
    {
        Touch("train/a/1.png", "test/b/1.png");

        var error = Assert.Throws<CnnVizException>(Open);

        Assert.Equal("DatasetInvalid", error.ErrorId);
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pictures_says_what_is_expected()
    {
        Touch("a/readme.txt");

        var error = Assert.Throws<CnnVizException>(Open);

        Assert.Equal("DatasetInvalid", error.ErrorId);
        Assert.Contains("train-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
        Assert.Contains(".png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_paths_that_lead_nowhere_are_told_apart()
    {
        Assert.Equal("DatasetNotFound", Assert.Throws<CnnVizException>(() => Datasets.Open("digitz")).ErrorId);
        var nowhere = Path.Join(_folder.Path, "none");
        Assert.Equal("FileNotFound", Assert.Throws<CnnVizException>(() => Datasets.OpenFolder(nowhere)).ErrorId);
        var file = _folder.Write("file", [1]);
        var error = Assert.Throws<CnnVizException>(() => Datasets.OpenFolder(file));
        Assert.Contains("It is a file", error.Message, StringComparison.Ordinal);
        Assert.Equal("digits", Datasets.Open("Digits").Name);
    }

    private DatasetSplits Open() => Datasets.OpenFolder(_folder.Path);

    private void Touch(params string[] relativePaths)
    {
        foreach (var path in relativePaths)
            _folder.Write(path, Picture);
    }
}
