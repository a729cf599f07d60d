using System.Globalization;
using CnnViz.Data;
using CnnViz.Running;

namespace CnnViz;

/// <summary>Labelled pictures, read one by one when they are asked for. Safe to read from several threads.</summary>
public abstract class CnnDataset
{
    /// <summary>Sets what is known without reading a picture.</summary>
    /// <param name="name">A short name such as <c>digits/train</c>.</param>
    /// <param name="labels">The class names; a class is its index in them.</param>
    /// <param name="count">The number of pictures.</param>
    /// <param name="imageShape">[C,H,W] where all pictures are 8-bit and of one size, otherwise null.</param>
    protected CnnDataset(string name, IReadOnlyList<string> labels, int count, int[]? imageShape)
    {
        Name = name;
        Labels = labels.ToArray();
        Count = count;
        ImageShape = imageShape;
    }

    /// <summary>A short name such as <c>digits/train</c>; the pictures' sources start with it.</summary>
    public string Name { get; }

    /// <summary>The number of pictures.</summary>
    public int Count { get; }

    /// <summary>The class names; a class is its index in them.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount => Labels.Count;

    /// <summary>
    /// [C,H,W] where all pictures are 8-bit and of one size, so that <see cref="ReadPixels"/> gives all of them at once;
    /// null where they may differ.
    /// </summary>
    public int[]? ImageShape { get; }

    /// <summary>Reads a picture: values in [0,1], with its label, class and source.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>, or why this picture cannot be read; the others still can.</exception>
    public CnnImage GetImage(int index) => ReadImage(Checked(index));

    /// <summary>The class of a picture, without reading it.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>.</exception>
    public int GetClass(int index) => ReadClass(Checked(index));

    /// <summary>The class of every picture, a new array.</summary>
    public int[] GetClasses()
    {
        var classes = new int[Count];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = ReadClass(i);
        return classes;
    }

    /// <summary>
    /// All pictures as bytes, a new array of N·C·H·W values 0 to 255, made on all cores; null where <see cref="ImageShape"/> is.
    /// </summary>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="CnnVizException"><c>DatasetTooLarge</c>: more than one array can hold.</exception>
    public byte[]? ReadPixels(CancellationToken cancellation = default)
    {
        if (ImageShape is not [var channels, var height, var width])
            return null;
        var size = channels * height * width;
        if ((long)Count * size > Array.MaxLength)
            throw Errors.DatasetTooLarge(Name, $"{Count:N0} pictures of {size:N0} bytes", Array.MaxLength);
        var pixels = new byte[Count * size];
        Parallel.For(0, Count, new ParallelOptions { CancellationToken = cancellation }, i => CopyPixels(i, pixels.AsSpan(i * size, size)));
        return pixels;
    }

    /// <summary>
    /// The class with this label (letter case counts only where two labels differ in nothing else) or, where no label fits,
    /// with this index.
    /// </summary>
    /// <exception cref="CnnVizException"><c>ClassUnknown</c>.</exception>
    public int FindClass(string labelOrIndex)
    {
        var found = IndexOfLabel(labelOrIndex, StringComparison.Ordinal);
        if (found < 0)
            found = IndexOfLabel(labelOrIndex, StringComparison.OrdinalIgnoreCase);
        if (found < 0 && int.TryParse(labelOrIndex, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < ClassCount)
            found = index;
        return found >= 0 ? found : throw Errors.ClassUnknown(Name, labelOrIndex, Labels);
    }

    /// <summary>A view of some pictures, in the given order; nothing is copied, and each keeps its source.</summary>
    /// <param name="indices">Each 0 to <see cref="Count"/> − 1; one may occur several times.</param>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>.</exception>
    public CnnDataset Subset(IReadOnlyList<int> indices) => CreateSubset([.. indices.Select(Checked)]);

    /// <summary>A view of a range of pictures: <c>dataset.Subset(..100)</c>.</summary>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>.</exception>
    public CnnDataset Subset(Range range)
    {
        var (start, end) = (range.Start.GetOffset(Count), range.End.GetOffset(Count));
        return Subset([.. Enumerable.Range(start, Math.Max(0, end - start))]);
    }

    /// <summary>A view of the pictures of one class.</summary>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>.</exception>
    public CnnDataset OfClass(int classIndex) => classIndex >= 0 && classIndex < ClassCount
        ? CreateSubset([.. Enumerable.Range(0, Count).Where(i => ReadClass(i) == classIndex)])
        : throw Errors.IndexOutOfRange("Class", classIndex, ClassCount);

    /// <summary>A view of the pictures of some classes, which are numbered anew from 0 on: a task of its own.</summary>
    /// <param name="classes">The classes, each once; at least one.</param>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>; <c>ArgumentInvalid</c>: none, or one of them twice.</exception>
    public CnnDataset OfClasses(params IReadOnlyList<int> classes)
    {
        if (classes.Count == 0 || classes.Distinct().Count() < classes.Count)
            throw Errors.ArgumentInvalid("Class", string.Join(',', classes), "one class or more, each once");
        int[] chosen = [.. classes.Select(index => index >= 0 && index < ClassCount ? index : throw Errors.IndexOutOfRange("Class", index, ClassCount))];
        return new ClassesDataset(this, chosen, [.. Enumerable.Range(0, Count).Where(i => chosen.Contains(ReadClass(i)))]);
    }

    /// <summary>A view of the pictures that the options choose; see <see cref="SampleOptions"/> for their order.</summary>
    /// <exception cref="CnnVizException"><c>IndexOutOfRange</c>, <c>ClassUnknown</c>, <c>ArgumentInvalid</c>.</exception>
    public CnnDataset Sample(SampleOptions options)
    {
        if (options.First < 0)
            throw Errors.ArgumentInvalid("First", options.First, "0 or more pictures");
        int[] chosen = options.Index is null ? [.. Enumerable.Range(0, Count)] : [.. options.Index.Select(Checked)];
        if (options.Class is not null)
        {
            var wanted = FindClass(options.Class);
            chosen = [.. chosen.Where(i => ReadClass(i) == wanted)];
        }
        if (options.Seed is { } seed)
            SplitMix64.ForStream(seed).Shuffle(chosen.AsSpan());
        return CreateSubset(options.First < chosen.Length ? chosen[..options.First.Value] : chosen);
    }

    /// <summary>Writes a picture's values 0 to 255 in the order C, H, W. Only where <see cref="ImageShape"/> is not null.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="pixels">C·H·W values; overwritten.</param>
    public virtual void CopyPixels(int index, Span<byte> pixels) =>
        throw new NotSupportedException($"The pictures of {Name} are not all of one size.");

    /// <summary>The name and the number of pictures and classes.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Count} images, {ClassCount} classes");

    /// <summary>Reads a picture. Where <see cref="ImageShape"/> is known it comes from <see cref="CopyPixels"/>.</summary>
    /// <param name="index">Within range.</param>
    protected internal virtual CnnImage ReadImage(int index)
    {
        var (channels, height, width) = (ImageShape![0], ImageShape[1], ImageShape[2]);
        var bytes = new byte[channels * height * width];
        CopyPixels(index, bytes);
        var values = Array.ConvertAll(bytes, value => value / 255f);
        var classIndex = ReadClass(index);
        return new CnnImage(values, channels, height, width)
        {
            Source = string.Create(CultureInfo.InvariantCulture, $"{Name}#{index}"),
            Class = classIndex,
            Label = Labels[classIndex],
        };
    }

    /// <summary>The class of a picture.</summary>
    /// <param name="index">Within range.</param>
    protected internal abstract int ReadClass(int index);

    private protected virtual CnnDataset CreateSubset(int[] indices) => new SubsetDataset(this, indices);

    private int IndexOfLabel(string label, StringComparison comparison)
    {
        for (var i = 0; i < Labels.Count; i++)
        {
            if (Labels[i].Equals(label, comparison))
                return i;
        }
        return -1;
    }

    private int Checked(int index) =>
        (uint)index < (uint)Count ? index : throw Errors.IndexOutOfRange($"Image of {Name}", index, Count);
}
