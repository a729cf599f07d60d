namespace CnnViz.Data;

/// <summary>Finds the IDX files of MNIST, Fashion-MNIST and those that took over their names in a folder.</summary>
internal static class IdxFolder
{
    private static readonly string[] DigitLabels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static readonly string[] FashionLabels =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>The datasets of the folder; null where it holds no such files.</summary>
    /// <exception cref="CnnVizException">The files are there and do not hold together.</exception>
    public static DatasetSplits? TryOpen(string folder)
    {
        var name = Datasets.NameOf(folder);
        // The files of Fashion-MNIST are named as MNIST's: only the folder tells, be it .../fashion or .../FashionMNIST/raw.
        var parent = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        var isFashion = $"{parent}/{name}".Contains("fashion", StringComparison.OrdinalIgnoreCase);
        var labels = isFashion ? FashionLabels : DigitLabels;

        var train = TryRead(folder, "train", $"{name}/train", labels);
        var test = TryRead(folder, "t10k", $"{name}/test", labels);
        if (train is null)
            return test is null ? null : throw Errors.DatasetInvalid(folder, "It has t10k-images and no train-images-idx3-ubyte or .gz.");
        if (test is not null && !test.ImageShape!.SequenceEqual(train.ImageShape!))
            throw Errors.DatasetInvalid(folder, $"Its training images are {Size(train)} pixels, its test images {Size(test)}.");
        return new DatasetSplits(name, train, test);
    }

    private static IdxDataset? TryRead(string folder, string prefix, string name, string[] labels)
    {
        var images = Find(folder, $"{prefix}-images", "idx3-ubyte");
        if (images is null)
            return null;
        var classes = Find(folder, $"{prefix}-labels", "idx1-ubyte")
            ?? throw Errors.DatasetInvalid(folder, $"It has {Path.GetFileName(images)} and no {prefix}-labels-idx1-ubyte or .gz.");
        return IdxDataset.Read(name, images, classes, labels);
    }

    private static string? Find(string folder, string stem, string type)
    {
        string[] names = [$"{stem}-{type}", $"{stem}-{type}.gz", $"{stem}.{type}", $"{stem}.{type}.gz"];
        return names.Select(name => Path.Join(folder, name)).FirstOrDefault(File.Exists);
    }

    private static string Size(CnnDataset dataset) => $"{dataset.ImageShape![1]} × {dataset.ImageShape[2]}";
}
