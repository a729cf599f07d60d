using CnnViz.Attacks;
using static TorchSharp.torch;

namespace CnnViz.Tests.Attacks;

/// <summary>What a file keeps of a picture stays within ε.</summary>
public sealed class EightBitsTests : IDisposable
{
    private readonly DigitAttacks _digits = new();

    public void Dispose() => _digits.Dispose();

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.0039, 0)]
    [InlineData(1.0 / 255, 1)]
    [InlineData(8.0 / 255, 8)]
    [InlineData(0.1, 25)]
    [InlineData(1.0, 255)]
    public void Levels_within_epsilon(double epsilon, int levels) => Assert.Equal(levels, EightBits.LevelsOf(epsilon));

    [Theory]
    [InlineData(AttackNorm.Linf, 0.03, 0.03)]
    [InlineData(AttackNorm.Linf, 8.0 / 255, 8.0 / 255)]
    [InlineData(AttackNorm.Linf, 0.05, 0.4)]
    [InlineData(AttackNorm.L2, 0.5, 0.017)]
    [InlineData(AttackNorm.L2, 0.1, 0.5)]
    public void Rounded_pictures_have_whole_levels_within_epsilon(AttackNorm norm, double epsilon, double change)
    {
        using var problem = _digits.Problem(4, norm: norm, epsilon: epsilon);
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var pixels = (problem.Clean + (rand(problem.Clean.shape, generator: generator) * 2.0 - 1.0) * change).clamp(0, 1);
        var rounded = EightBits.Round(pixels, problem);
        var values = TensorTransfer.ToArray(rounded);
        Assert.All(values, value => Assert.InRange(value, 0, 1));
        Assert.All(values, value => Assert.Equal(Math.Round(255.0 * value), 255.0 * value, 1e-4));
        var most = norm == AttackNorm.Linf ? EightBits.LevelsOf(epsilon) / 255.0 : epsilon;
        Assert.All(TensorTransfer.ToArray(problem.Distance(rounded)), distance => Assert.InRange(distance, 0, most + 1e-6));
        // Again it changes nothing.
        Assert.Equal(values, TensorTransfer.ToArray(EightBits.Round(rounded, problem)));
    }

    [Fact]
    public void Without_a_bound_it_is_the_nearest_level()
    {
        using var problem = _digits.Problem(1);
        using var scope = NewDisposeScope();
        var rounded = TensorTransfer.ToArray(EightBits.Round(problem.Clean * 0.0 + 0.7512, problem, isBounded: false));
        Assert.All(rounded, value => Assert.Equal(192 / 255.0, value, 1e-6));
    }
}
