using System.Security.Cryptography;
using CnnViz.Data;

namespace CnnViz.Tests.Data;

public sealed class DigitDatasetTests
{
    [Fact]
    public void They_have_the_shape_of_MNIST()
    {
        var (name, train, test) = Datasets.Digits();

        Assert.Equal("digits", name);
        Assert.Equal((60_000, 10_000), (train.Count, test!.Count));
        Assert.Equal([1, 28, 28], train.ImageShape!);
        var image = train.GetImage(15);
        Assert.Equal("digits/train#15", image.Source);
        Assert.Equal(train.GetClass(15), image.Class);
        Assert.Equal(train.Labels[image.Class!.Value], image.Label);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        var first = Datasets.Digits().Train.Subset(..100);

        var hash = Convert.ToHexStringLower(SHA256.HashData([.. first.ReadPixels()!, .. first.GetClasses().Select(c => (byte)c)]));

        Assert.Equal("350f6640d8130862ab778d98455713a8afe41ba99025f6276b386dfd99f4c34d", hash);
    }

    [Fact]
    public void One_picture_is_the_same_alone_and_among_all()
    {
        var part = Datasets.Digits().Train.Subset(1000..1200);
        var pixels = part.ReadPixels()!;

        for (var i = 0; i < part.Count; i += 37)
            Assert.Equal(pixels.AsSpan(i * 784, 784).ToArray().Select(p => p / 255f), part.GetImage(i).Data);
    }

    [Fact]
    public void Other_seeds_and_splits_give_other_pictures()
    {
        var (_, train, test) = Datasets.Digits();
        var other = Datasets.Digits(seed: 1).Train;
        // The same digit three times, so that only the hand differs.
        var images = new[] { train, test!, other }.Select(split => split.OfClass(4).GetImage(0).Data).ToArray();

        Assert.NotEqual(images[0], images[1]);
        Assert.NotEqual(images[0], images[2]);
        Assert.NotEqual(train.Subset(..100).GetClasses(), other.Subset(..100).GetClasses());
    }

    [Fact]
    public void All_classes_are_equally_frequent_and_each_ten_hold_all()
    {
        var classes = Datasets.Digits().Train.GetClasses();

        Assert.All(classes.CountBy(c => c), pair => Assert.Equal(6000, pair.Value));
        Assert.Equal(10, classes.CountBy(c => c).Count());
        Assert.Equal(Enumerable.Range(0, 10), classes[370..380].Order());
    }

    [Fact]
    public void They_are_white_on_black_and_centred()
    {
        var part = Datasets.Digits().Test!.Subset(..500);
        for (var i = 0; i < part.Count; i++)
        {
            var image = part.GetImage(i);
            Assert.InRange(image.Maximum, 0.75f, 1f);
            Assert.Equal(0, image.Data[0] + image.Data[27] + image.Data[^28] + image.Data[^1]);
            float mass = 0, x = 0, y = 0;
            for (var p = 0; p < 784; p++)
            {
                mass += image.Data[p];
                x += image.Data[p] * (p % 28);
                y += image.Data[p] * (p / 28);
            }
            Assert.InRange(mass, 15, 350);
            Assert.InRange(x / mass, 10.5f, 16.5f);
            Assert.InRange(y / mass, 10.5f, 16.5f);
        }
    }

    [Fact]
    public void The_classes_can_be_told_apart()
    {
        var (_, train, test) = Datasets.Digits();
        var known = train.Subset(..3000).ReadPixels()!;
        var correct = Enumerable.Range(0, 200).AsParallel().Count(i =>
        {
            var image = new byte[784];
            test!.CopyPixels(i, image);
            var nearest = Enumerable.Range(0, 3000).MinBy(k => SquaredDistance(image, known.AsSpan(k * 784, 784)));
            return train.GetClass(nearest) == test.GetClass(i);
        });

        Assert.InRange(correct, 180, 200);
    }

    private static long SquaredDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        long sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        return sum;
    }
}
