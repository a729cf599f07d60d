using CnnViz.Running;

namespace CnnViz.Data.Patterns;

/// <summary>
/// The built-in patterns as a dataset. Each picture depends on the seed, the stream and its index alone, so that any of them is drawn when it is asked for,
/// on any thread, and is the same on every machine; at another size it is the same picture, finer or coarser.
/// </summary>
/// <param name="name">The dataset's name.</param>
/// <param name="count">How many.</param>
/// <param name="seed">Another seed gives other pictures.</param>
/// <param name="stream">0 for training, 1 for testing: they share no picture.</param>
/// <param name="size">Rows and columns of a picture.</param>
/// <param name="isClean">True to leave out grain and what lies in front of the patterns.</param>
internal sealed class PatternDataset(string name, int count, long seed, int stream, int size, bool isClean)
    : CnnDataset(name, PatternPainter.Names, count, [3, size, size])
{
    private const int OrderStream = 0;
    private const int PictureStream = 1;

    public override void CopyPixels(int index, Span<byte> pixels) =>
        PatternPainter.Draw(ReadClass(index), SplitMix64.ForStream(seed, stream, PictureStream, index), pixels, size, size, isClean);

    /// <summary>Each 32 in a row are the 32 classes in a random order: every class is as frequent as every other.</summary>
    protected internal override int ReadClass(int index)
    {
        Span<int> classes = stackalloc int[PatternKind.All.Length];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = i;
        SplitMix64.ForStream(seed, stream, OrderStream, index / classes.Length).Shuffle(classes);
        return classes[index % classes.Length];
    }
}
