using System.Security.Cryptography;
using CnnViz.Data;
using CnnViz.Data.Patterns;

namespace CnnViz.Tests.Data;

public sealed class PatternDatasetTests
{
    private const int Plane = 64 * 64;

    [Fact]
    public void They_are_colour_pictures_of_32_classes()
    {
        var (name, train, test) = Datasets.Patterns();

        Assert.Equal("patterns", name);
        Assert.Equal((48_000, 4_800), (train.Count, test!.Count));
        Assert.Equal([3, 64, 64], train.ImageShape!);
        Assert.Equal(32, train.Labels.Distinct().Count());
        Assert.Equal(train.Labels, test.Labels);
        var image = train.GetImage(15);
        Assert.Equal("patterns/train#15", image.Source);
        Assert.Equal(train.GetClass(15), image.Class);
        Assert.Equal(train.Labels[image.Class!.Value], image.Label);
        Assert.InRange(image.Minimum, 0, 1);
        Assert.InRange(image.Maximum, 0, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        var first = Datasets.Patterns().Train.Subset(..64);

        var hash = Convert.ToHexStringLower(SHA256.HashData([.. first.ReadPixels()!, .. first.GetClasses().Select(c => (byte)c)]));

        Assert.Equal("660b5dd9ddc1405de5f2939371ab6ad3d5a50bfe87c2fa1c44c8c0bb3a0becc3", hash);
    }

    [Fact]
    public void One_picture_is_the_same_alone_and_among_all()
    {
        var part = Datasets.Patterns().Test!.Subset(1000..1040);
        var pixels = part.ReadPixels()!;

        for (var i = 0; i < part.Count; i += 13)
            Assert.Equal(pixels.AsSpan(i * 3 * Plane, 3 * Plane).ToArray().Select(p => p / 255f), part.GetImage(i).Data);
    }

    [Fact]
    public void Other_seeds_and_splits_give_other_pictures()
    {
        var (_, train, test) = Datasets.Patterns();
        var other = Datasets.Patterns(seed: 1).Train;
        var images = new[] { train, test!, other }.Select(split => split.OfClass(4).GetImage(0).Data).ToArray();

        Assert.NotEqual(images[0], images[1]);
        Assert.NotEqual(images[0], images[2]);
        Assert.NotEqual(train.Subset(..96).GetClasses(), other.Subset(..96).GetClasses());
    }

    [Fact]
    public void Each_32_in_a_row_hold_all_classes()
    {
        var classes = Datasets.Patterns().Test!.GetClasses();

        Assert.All(classes.CountBy(c => c), pair => Assert.Equal(150, pair.Value));
        Assert.Equal(Enumerable.Range(0, 32), classes[320..352].Order());
    }

    [Fact]
    public void Every_class_shows_something_and_no_picture_is_like_another()
    {
        var part = Datasets.Patterns().Test!.Subset(..96);
        var pixels = part.ReadPixels()!;

        var seen = new HashSet<string>();
        for (var i = 0; i < part.Count; i++)
        {
            var own = pixels.AsSpan(i * 3 * Plane, 3 * Plane);
            Assert.True(seen.Add(Convert.ToHexString(SHA256.HashData(own))));
            Assert.True(Deviation(own) > 5, $"{part.GetImage(i).Label} {part.GetImage(i).Source} is one colour");
        }
    }

    [Fact]
    public void Another_size_is_the_same_picture()
    {
        var small = Datasets.Patterns(isClean: true).Test!.Subset(..32);
        var large = Datasets.Patterns(size: 192, isClean: true).Test!.Subset(..32);

        Assert.Equal([3, 192, 192], large.ImageShape!);
        for (var i = 0; i < small.Count; i++)
        {
            var (coarse, fine) = (small.GetImage(i), large.GetImage(i));
            double difference = 0;
            for (var p = 0; p < coarse.Data.Length; p++)
                difference += Math.Abs(coarse.Data[p] - Block(fine.Data, p / Plane, p % Plane / 64, p % 64));
            Assert.True(difference / coarse.Data.Length < 0.03, $"{coarse.Label} {coarse.Source}: {difference / coarse.Data.Length}");
        }

        static double Block(float[] fine, int channel, int row, int column)
        {
            double sum = 0;
            for (var i = 0; i < 9; i++)
                sum += fine[(((channel * 192) + (3 * row) + (i / 3)) * 192) + (3 * column) + (i % 3)];
            return sum / 9;
        }
    }

    [Fact]
    public void Clean_pictures_have_no_grain()
    {
        var (spoilt, clean) = (Datasets.Patterns().Test!, Datasets.Patterns(isClean: true).Test!);

        Assert.Equal(spoilt.GetClasses(), clean.GetClasses());
        // Neighbours on plain ground differ by grain alone.
        Assert.InRange(Roughness(clean), 0, 0.5 * Roughness(spoilt));

        static double Roughness(CnnDataset data) => data.OfClass(data.FindClass("moons")).Subset(..20).ReadPixels()!.Chunk(64)
            .Select(row => row.Zip(row.Skip(1), (left, right) => Math.Abs(left - right)).Order().ElementAt(20)).Average();
    }

    [Fact]
    public void A_pattern_is_drawn_by_name_at_any_size()
    {
        var image = PatternPainter.Draw("Hearts", seed: 3, height: 96, width: 160);

        Assert.Equal((3, 96, 160), (image.ChannelCount, image.Height, image.Width));
        Assert.Equal("hearts", image.Label);
        Assert.Equal(PatternPainter.Draw("hearts", seed: 3, height: 96, width: 160).Data, image.Data);
        Assert.NotEqual(PatternPainter.Draw("hearts", seed: 4, height: 96, width: 160).Data, image.Data);
        Assert.Equal("ClassUnknown", Assert.Throws<CnnVizException>(() => PatternPainter.Draw("harts")).ErrorId);
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => PatternPainter.Draw("hearts", height: 8)).ErrorId);
    }

    [Theory]
    [InlineData("patterns", 4, false)]
    [InlineData("digits", 64, false)]
    [InlineData("digits", null, true)]
    public void A_size_that_cannot_be_drawn_or_chosen_is_refused(string name, int? size, bool isClean) =>
        Assert.Equal("ArgumentInvalid", Assert.Throws<CnnVizException>(() => Datasets.Open(name, size: size, isClean: isClean)).ErrorId);

    private static double Deviation(ReadOnlySpan<byte> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
            squares += value * value;
        }
        var mean = sum / values.Length;
        return Math.Sqrt((squares / values.Length) - (mean * mean));
    }
}
