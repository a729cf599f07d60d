using System.Globalization;

namespace CnnViz.Data;

/// <summary>Grey pictures and their labels from two IDX files, kept in memory.</summary>
internal sealed class IdxDataset : CnnDataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _classes;
    private readonly int _size;

    private IdxDataset(string name, IReadOnlyList<string> labels, byte[] pixels, byte[] classes, int height, int width)
        : base(name, labels, classes.Length, [1, height, width])
    {
        _pixels = pixels;
        _classes = classes;
        _size = height * width;
    }

    /// <summary>Reads both files and checks them against each other.</summary>
    /// <exception cref="CnnVizException"><c>FileNotFound</c>, <c>FileUnreadable</c>, <c>DatasetInvalid</c>,
    /// <c>DatasetTooLarge</c>.</exception>
    public static IdxDataset Read(string name, string imagesPath, string labelsPath, IReadOnlyList<string> labels)
    {
        var (pixels, count, height, width) = IdxFile.ReadImages(imagesPath);
        var classes = IdxFile.ReadLabels(labelsPath);
        if (classes.Length != count)
            throw Errors.DatasetInvalid(labelsPath, $"It has {classes.Length:N0} labels for the {count:N0} images of '{imagesPath}'.");
        var bad = classes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(labels.Count - 1));
        if (bad >= 0)
        {
            var found = string.Create(CultureInfo.InvariantCulture, $"Label {bad} is {classes[bad]}");
            throw Errors.DatasetInvalid(labelsPath, $"{found}; expected 0 to {labels.Count - 1}.");
        }
        return new IdxDataset(name, labels, pixels, classes, height, width);
    }

    /// <inheritdoc/>
    public override void CopyPixels(int index, Span<byte> pixels) => _pixels.AsSpan(index * _size, _size).CopyTo(pixels);

    /// <inheritdoc/>
    protected internal override int ReadClass(int index) => _classes[index];
}
