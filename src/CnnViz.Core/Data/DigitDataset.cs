using CnnViz.Running;

namespace CnnViz.Data;

/// <summary>
/// The built-in handwritten digits: 28 × 28, white on black, as MNIST. Each picture depends on the seed, the stream and its index alone,
/// so that any of them is drawn when it is asked for, on any thread, and is the same on every machine.
/// </summary>
/// <param name="name">The dataset's name.</param>
/// <param name="count">How many.</param>
/// <param name="seed">Another seed gives other pictures.</param>
/// <param name="stream">0 for training, 1 for testing: they share no picture.</param>
internal sealed class DigitDataset(string name, int count, long seed, int stream)
    : CnnDataset(name, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], count, [1, DigitPen.Size, DigitPen.Size])
{
    private const int OrderStream = 0;
    private const int PenStream = 1;

    public override void CopyPixels(int index, Span<byte> pixels) =>
        DigitPen.Draw(ReadClass(index), SplitMix64.ForStream(seed, stream, PenStream, index), pixels);

    /// <summary>Each ten in a row are the ten digits in a random order: every class is as frequent as every other.</summary>
    protected internal override int ReadClass(int index)
    {
        Span<int> digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        SplitMix64.ForStream(seed, stream, OrderStream, index / digits.Length).Shuffle(digits);
        return digits[index % digits.Length];
    }
}
