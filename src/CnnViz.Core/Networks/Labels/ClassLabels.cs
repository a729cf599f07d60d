using System.Globalization;
using CnnViz.Networks.Zoo;

namespace CnnViz.Networks.Labels;

/// <summary>The names of a network's classes, in the order of its logits, with their WordNet ids where they have any.</summary>
public sealed record ClassLabels
{
    private static readonly Lazy<ClassLabels> LazyImageNet = new(() => ReadImageNet());

    /// <summary>Names without WordNet ids; those of ImageNet are recognised and get theirs.</summary>
    public ClassLabels(IReadOnlyList<string> names)
        : this(names, wordNetIds: null)
    {
        if (names.Count == ImageNetCount && names.SequenceEqual(ImageNet.Names))
            WordNetIds = ImageNet.WordNetIds;
    }

    /// <summary>Names with their WordNet ids.</summary>
    /// <param name="names">The names.</param>
    /// <param name="wordNetIds">As many ids, such as <c>n02268443</c>; null where there are none.</param>
    public ClassLabels(IReadOnlyList<string> names, IReadOnlyList<string>? wordNetIds)
    {
        Names = names.ToArray();
        WordNetIds = wordNetIds?.ToArray();
    }

    /// <summary>The classes of ImageNet's challenge.</summary>
    public const int ImageNetCount = 1000;

    /// <summary>The 1000 synsets of ILSVRC 2012, named as torchvision names them.</summary>
    public static ClassLabels ImageNet => LazyImageNet.Value;

    /// <summary>The ten classes of CIFAR-10.</summary>
    public static ClassLabels Cifar10 { get; } = new(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"], wordNetIds: null);

    /// <summary>The names, as many as there are classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The WordNet ids, as many as there are classes; null where there are none.</summary>
    public IReadOnlyList<string>? WordNetIds { get; }

    /// <summary>The classes that a network has where nobody says otherwise: those of its architecture where it has as many, else numbers.</summary>
    public static ClassLabels Of(Network network) =>
        Architectures.Find(network.Architecture)?.Labels is { } labels && labels.Names.Count == network.ClassCount ? labels : Numbers(network.ClassCount);

    /// <summary>Classes without names: their numbers.</summary>
    public static ClassLabels Numbers(int count) =>
        new([.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))], wordNetIds: null);

    private static ClassLabels ReadImageNet()
    {
        using var reader = new StreamReader(typeof(ClassLabels).Assembly.GetManifestResourceStream("CnnViz.Networks.imagenet.tsv")!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('\t')).ToArray();
        return new ClassLabels([.. rows.Select(row => row[1])], [.. rows.Select(row => row[0])]);
    }
}
