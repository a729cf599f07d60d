namespace CnnViz.Data;

/// <summary>Finds pictures sorted into a folder a class, with or without a train and a test folder above them.</summary>
internal static class ImageFolder
{
    private static readonly string[] TrainNames = ["train", "training"];
    private static readonly string[] TestNames = ["test", "testing", "val", "validation"];
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".npy"];

    /// <summary>The datasets of the folder. Classes and files come in ordinal order of their names: the same on every machine.</summary>
    /// <exception cref="CnnVizException"><c>DatasetInvalid</c>.</exception>
    public static DatasetSplits Open(string folder)
    {
        var name = Datasets.NameOf(folder);
        var folders = Folders(folder);
        var train = FirstNamed(folders, TrainNames);
        if (train is null)
            return new DatasetSplits(name, Read(folder, name, Labels(folder)), Test: null);

        var labels = Labels(train);
        var test = FirstNamed(folders, TestNames);
        return new DatasetSplits(name, Read(train, $"{name}/train", labels), test is null ? null : Read(test, $"{name}/test", labels));
    }

    private static ImageFolderDataset Read(string folder, string name, string[] labels)
    {
        var unknown = Labels(folder).Except(labels, StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
            throw Errors.DatasetInvalid(folder, $"Its class '{unknown}' is none of the training classes: {string.Join(", ", labels)}.");
        var paths = new List<string>();
        var classes = new List<int>();
        for (var i = 0; i < labels.Length; i++)
        {
            var pictures = Pictures(Path.Join(folder, labels[i]));
            paths.AddRange(pictures);
            classes.AddRange(Enumerable.Repeat(i, pictures.Length));
        }
        return paths.Count > 0
            ? new ImageFolderDataset(name, labels, [.. paths], [.. classes])
            : throw Errors.DatasetInvalid(folder,
                "It has neither IDX files nor pictures. Expected train-images-idx3-ubyte and its companions, or a folder "
                + $"a class with {string.Join(", ", Extensions)} files.");
    }

    private static string[] Labels(string folder) => [.. Folders(folder).Select(path => Path.GetFileName(path)!)];

    /// <summary>A split holds folders; a folder of that name that holds none is a class, of vehicles perhaps.</summary>
    private static string? FirstNamed(string[] folders, string[] names) =>
        names
            .SelectMany(name => folders.Where(path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(path => Folders(path).Length > 0);

    private static string[] Folders(string folder) =>
        Sorted(Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')));

    private static string[] Pictures(string folder) => !Directory.Exists(folder)
        ? []
        : Sorted(Directory.EnumerateFiles(folder).Where(IsPicture));

    private static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static string[] Sorted(IEnumerable<string> paths) => [.. paths.Order(StringComparer.Ordinal)];
}
