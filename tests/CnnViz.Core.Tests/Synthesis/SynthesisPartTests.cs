using CnnViz.Synthesis;
using static TorchSharp.torch;

namespace CnnViz.Tests.Synthesis;

/// <summary>What a synthesis is put together from.</summary>
public sealed class SynthesisPartTests
{
    public static TheoryData<GradientFilter> Filters => new(new UnitNorm(), new UnitNorm(GradientNorm.Deviation), new UnitNorm(GradientNorm.L2), new LaplacianPyramid());

    [Theory]
    [MemberData(nameof(Filters))]
    public void Filters_that_even_out_do_not_mind_the_gradient_s_size(GradientFilter filter)
    {
        using var scope = NewDisposeScope();
        var gradient = Noise(2, 3, 33, 40);
        var (one, other) = (TensorTransfer.ToArray(filter.Apply(gradient)), TensorTransfer.ToArray(filter.Apply(gradient * 1000)));
        Assert.Equal(2 * 3 * 33 * 40, one.Length);
        for (var i = 0; i < one.Length; i++)
            Assert.Equal(one[i], other[i], 1e-3);
    }

    [Fact]
    public void The_pyramid_makes_coarse_and_fine_equally_strong()
    {
        using var scope = NewDisposeScope();
        var fine = Noise(1, 1, 64, 64);
        var coarse = nn.functional.avg_pool2d(Noise(1, 1, 64, 64), [8, 8]).repeat(1, 1, 1, 1);
        var wide = TensorTransfer.ToArray(coarse).SelectMany(value => Enumerable.Repeat(value, 64)).ToArray();
        var mixed = fine * 0.01 + tensor(wide, [1, 1, 64, 64]) * 100;
        var even = new LaplacianPyramid().Apply(mixed);
        var blurred = new GaussianBlur(4).Apply(even);
        var (low, high) = (blurred.square().mean().item<float>(), (even - blurred).square().mean().item<float>());
        Assert.InRange(low / high, 0.05f, 20f);
    }

    [Fact]
    public void A_blur_keeps_what_is_even_and_the_mean_of_the_rest()
    {
        using var scope = NewDisposeScope();
        Assert.All(TensorTransfer.ToArray(new GaussianBlur(2).Apply(ones([1, 2, 9, 7]))), value => Assert.Equal(1, value, 1e-5));
        var spot = zeros([1, 1, 21, 21]);
        spot.narrow(2, 10, 1).narrow(3, 10, 1).fill_(1);
        var blurred = new GaussianBlur(1.5).Apply(spot);
        Assert.Equal(1, blurred.sum().item<float>(), 1e-4);
        Assert.Equal(1 / (2 * Math.PI * 1.5 * 1.5), blurred.max().item<float>(), 2e-3);
    }

    [Fact]
    public void Transforms_give_the_sizes_that_they_say_and_the_picture_where_nothing_is_to_change()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var image = Noise(1, 3, 24, 30);
        Assert.Equal([1, 3, 48, 54], new Pad(12).Apply(image, generator).shape);
        Assert.Equal([1, 3, 16, 22], new Jitter(8).Apply(image, generator).shape);
        Assert.Equal([1, 3, 26, 33], new ScaleAndRotate([1.1], []).Apply(image, generator).shape);
        var turned = TensorTransfer.ToArray(new ScaleAndRotate([1], [0]).Apply(image, generator));
        var same = TensorTransfer.ToArray(image);
        for (var i = 0; i < same.Length; i++)
            Assert.Equal(same[i], turned[i], 1e-4);
        var rolled = TensorTransfer.ToArray(new RollJitter(5).Apply(image, generator));
        Assert.Equal(same.Order(), rolled.Order());
    }

    [Fact]
    public void A_quarter_turn_turns_a_quarter()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var found = TensorTransfer.ToArray(new ScaleAndRotate([], [90]).Apply(tensor([1f, 2, 3, 4], [1, 1, 2, 2]), generator));
        Assert.Equal([2, 4, 1, 3], found.Select(value => (float)Math.Round(value, 4)));
    }

    [Fact]
    public void Constraints_hold_the_values()
    {
        using var scope = NewDisposeScope();
        var values = tensor([-1f, 0.25f, 2f], [1, 1, 1, 3]);
        new Box().Apply(values, 1);
        Assert.Equal([0, 0.25f, 1], TensorTransfer.ToArray(values));
        new Decay(0.5).Apply(values, 1);
        Assert.Equal([0.25f, 0.375f, 0.75f], TensorTransfer.ToArray(values));
    }

    [Fact]
    public void A_spectrum_that_is_enlarged_means_the_same_picture()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var fourier = new FourierParameterization(1, 3, 16, 24, generator);
        using (no_grad())
        {
            // What the smaller size can say without doubt: nothing at its highest frequencies.
            fourier.Values.narrow(2, 6, 5).fill_(0);
            fourier.Values.narrow(3, 10, 3).fill_(0);
            fourier.Values.mul_(100);
        }
        var before = fourier.Image().detach();
        fourier.Resize(32, 48);
        var after = fourier.Image().detach();
        Assert.Equal([1, 3, 32, 48], after.shape);
        var (small, large) = (TensorTransfer.ToArray(before), TensorTransfer.ToArray(after.slice(2, 0, 32, 2).slice(3, 0, 48, 2)));
        for (var i = 0; i < small.Length; i++)
            Assert.Equal(small[i], large[i], 1e-4);
        Assert.True(small.Max() - small.Min() > 0.1);
    }

    [Fact]
    public void Octaves_grow_to_the_last_and_say_when_the_first_is_too_small()
    {
        Assert.Equal([(51, 68), (71, 95), (100, 133)], Octave.Series(100, 133, 3, 1.4, 10, 32).Select(octave => (octave.Height, octave.Width)));
        var error = Assert.Throws<CnnVizException>(() => Octave.Series(100, 133, 5, 1.4, 10, 32));
        Assert.Equal("ArgumentInvalid", error.ErrorId);
        Assert.Contains("26×35", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Noise(params long[] shape)
    {
        using var generator = new Generator(7);
        return randn(shape, generator: generator);
    }
}
