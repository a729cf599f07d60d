using CnnViz.Data.Patterns;

namespace CnnViz.Data;

/// <summary>Opens datasets by name or by folder.</summary>
public static class Datasets
{
    /// <summary>The names of the built-in datasets.</summary>
    public static IReadOnlyList<string> Names { get; } = ["digits", "patterns"];

    /// <summary>A built-in dataset by its name, or else a folder.</summary>
    /// <param name="nameOrPath">A name of <see cref="Names"/>, in any letter case, or a folder that <see cref="OpenFolder"/> knows.</param>
    /// <param name="seed">Another seed gives other pictures of a built-in dataset; a folder has none.</param>
    /// <param name="size">Rows and columns of a picture of the patterns; null for 64. Nothing else has a choice.</param>
    /// <param name="isClean">True for patterns without grain and things in front of them.</param>
    /// <exception cref="CnnVizException"><c>DatasetNotFound</c>, <c>ArgumentInvalid</c>, or as <see cref="OpenFolder"/>.</exception>
    public static DatasetSplits Open(string nameOrPath, long? seed = null, int? size = null, bool isClean = false)
    {
        if (nameOrPath.Equals("patterns", StringComparison.OrdinalIgnoreCase))
            return Patterns(seed ?? 0, size ?? PatternPainter.UsualSize, isClean);
        if (size is not null)
            throw Errors.ArgumentInvalid("Size", size, $"none for '{nameOrPath}': only patterns are drawn at any size");
        if (isClean)
            throw Errors.ArgumentInvalid("Clean", isClean, $"nothing of it for '{nameOrPath}': only patterns can be left clean");
        if (nameOrPath.Equals("digits", StringComparison.OrdinalIgnoreCase))
            return Digits(seed ?? 0);
        if (seed is not null)
            throw Errors.ArgumentInvalid("The seed", seed, $"none for '{nameOrPath}': only {string.Join(", ", Names)} are made from one");
        return Directory.Exists(nameOrPath)
            ? OpenFolder(nameOrPath)
            : throw Errors.DatasetNotFound(
                nameOrPath, $"{string.Join(", ", Names)}, or a folder with IDX files or a folder of pictures a class");
    }

    /// <summary>The built-in handwritten digits: 60,000 to train with, 10,000 to test with, drawn when they are asked for.</summary>
    /// <param name="seed">Another seed gives other pictures.</param>
    public static DatasetSplits Digits(long seed = 0) =>
        new("digits", new DigitDataset("digits/train", 60_000, seed, stream: 0), new DigitDataset("digits/test", 10_000, seed, stream: 1));

    /// <summary>The built-in patterns: textures and figures in 32 classes, in colour; 48,000 to train with, 4,800 to test with, drawn when they are asked for.</summary>
    /// <param name="seed">Another seed gives other pictures.</param>
    /// <param name="size">Rows and columns of a picture, 16 to 8192: the same pictures, finer or coarser.</param>
    /// <param name="isClean">True for the same pictures without what makes them hard to read: grain, and things in front of the patterns.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: a size out of range.</exception>
    public static DatasetSplits Patterns(long seed = 0, int size = PatternPainter.UsualSize, bool isClean = false)
    {
        PatternPainter.CheckSize(size);
        return new(
            "patterns",
            new PatternDataset("patterns/train", 48_000, seed, stream: 0, size, isClean),
            new PatternDataset("patterns/test", 4_800, seed, stream: 1, size, isClean));
    }

    /// <summary>
    /// A folder with IDX files of MNIST's names (<c>train-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c> …, plain or .gz),
    /// or with pictures: <c>train/class/*.png</c> and <c>test/class/*.png</c>, or only <c>class/*.png</c>.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>DatasetInvalid</c>,
    /// <c>DatasetTooLarge</c>.</exception>
    public static DatasetSplits OpenFolder(string path)
    {
        if (!Directory.Exists(path))
            throw File.Exists(path) ? Errors.DatasetInvalid(path, "It is a file. Give its folder.") : Errors.FileNotFound(path);
        try
        {
            return IdxFolder.TryOpen(path) ?? ImageFolder.Open(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileUnreadable(path, failure);
        }
    }

    /// <summary>The folder's own name, which its dataset takes.</summary>
    internal static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
