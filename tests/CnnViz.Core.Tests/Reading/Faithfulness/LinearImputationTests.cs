using CnnViz.Reading.Faithfulness;
using CnnViz.Running;

namespace CnnViz.Tests.Reading.Faithfulness;

public sealed class LinearImputationTests
{
    [Theory]
    [InlineData(1, 2, 0.5)]
    [InlineData(2, 1, 0.5)]
    [InlineData(5, 17, 0.9)]
    [InlineData(16, 16, 0.5)]
    [InlineData(33, 31, 0.95)]
    [InlineData(64, 48, 0.1)]
    public void A_missing_pixel_is_the_weighted_mean_of_its_neighbours_and_others_stay(int height, int width, double share)
    {
        var random = SplitMix64.ForStream(1, height, width);
        var plane = new float[height * width];
        for (var i = 0; i < plane.Length; i++)
            plane[i] = random.NextSingle(-2, 2);
        int[] pixels = [.. Enumerable.Range(0, plane.Length)];
        random.Shuffle(pixels.AsSpan());
        AssertSolved(plane, height, width, pixels[..(int)Math.Clamp(share * plane.Length, 1, plane.Length - 1)]);
    }

    [Fact]
    public void One_large_hole_is_filled_too()
    {
        const int Side = 120;
        var plane = new float[Side * Side];
        for (var i = 0; i < plane.Length; i++)
            plane[i] = MathF.Sin(i / Side / 9f) + (i % Side / 50f);
        AssertSolved(plane, Side, Side, [.. Enumerable.Range(0, plane.Length).Where(i => i / Side is > 4 and < 115 && i % Side is > 4 and < 115)]);
    }

    [Fact]
    public void One_known_pixel_fills_all_others()
    {
        float[] plane = [9, 9, 9, 9, 0.25f, 9, 9, 9, 9, 9, 9, 9];
        new LinearImputation(3, 4, [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]).Fill(plane);
        Assert.All(plane, value => Assert.Equal(0.25f, value, 1e-4f));
    }

    [Fact]
    public void A_slope_is_continued_across_a_hole()
    {
        const int Side = 20;
        float[] slope = [.. Enumerable.Range(0, Side * Side).Select(i => (i % Side) * 0.1f)];
        var plane = (float[])slope.Clone();
        int[] hole = [.. Enumerable.Range(0, plane.Length).Where(i => i / Side is > 5 and < 14 && i % Side is > 5 and < 14)];
        foreach (var pixel in hole)
            plane[pixel] = float.NaN;
        new LinearImputation(Side, Side, hole).Fill(plane);
        Assert.All(plane.Zip(slope), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
    }

    private static void AssertSolved(float[] plane, int height, int width, int[] missing)
    {
        var original = (float[])plane.Clone();
        new LinearImputation(height, width, missing).Fill(plane);
        Assert.All(Enumerable.Range(0, plane.Length).Except(missing), pixel => Assert.Equal(original[pixel], plane[pixel]));
        Assert.All(missing, pixel =>
        {
            var (sum, weights) = (0.0, 0.0);
            var (y, x) = Math.DivRem(pixel, width);
            for (var down = -1; down <= 1; down++)
            {
                for (var right = -1; right <= 1; right++)
                {
                    if ((down, right) == (0, 0) || y + down < 0 || y + down >= height || x + right < 0 || x + right >= width)
                        continue;
                    var weight = down * right == 0 ? 1.0 / 6 : 1.0 / 12;
                    sum += weight * plane[(y + down) * width + x + right];
                    weights += weight;
                }
            }
            Assert.Equal(sum / weights, plane[pixel], 1e-3);
        });
    }
}
