using CnnViz.Reading.Comparison;

namespace CnnViz.Tests.Reading;

/// <summary>How alike two maps are.</summary>
public sealed class MapAgreementTests
{
    [Fact]
    public void Only_the_order_of_the_values_counts() =>
        Assert.Equal(1, MapAgreement.RankCorrelation([1, 2, 3, 4], [10, 100, 1000, 10_000]), 12);

    [Fact]
    public void The_opposite_order_is_minus_one() => Assert.Equal(-1, MapAgreement.RankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]), 12);

    /// <summary>scipy.stats.spearmanr([1, 2, 2, 3, 5, 0], [2, 1, 4, 4, 6, 0])  = 0.8676</summary>
    [Fact]
    public void Equal_values_share_their_mean_rank() =>
        Assert.Equal(0.8676470588, MapAgreement.RankCorrelation([1, 2, 2, 3, 5, 0], [2, 1, 4, 4, 6, 0]), 9);

    [Fact]
    public void A_constant_map_has_no_order_and_no_top()
    {
        Assert.True(double.IsNaN(MapAgreement.RankCorrelation([1, 1, 1], [1, 2, 3])));
        Assert.True(double.IsNaN(MapAgreement.TopOverlap([0, 0, 0], [1, 2, 3])));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_map_that_is_not_finite_agrees_with_nothing(float damaged)
    {
        Assert.True(double.IsNaN(MapAgreement.RankCorrelation([damaged, 1, 2, 3], [0, 1, 2, 3])));
        Assert.True(double.IsNaN(MapAgreement.TopOverlap([0, 1, 2, 3], [0, 1, 2, damaged])));
    }

    [Fact]
    public void The_overlap_is_of_the_largest_tenth()
    {
        var one = Enumerable.Range(0, 20).Select(i => (float)i).ToArray();
        var other = one.ToArray();
        (other[18], other[5]) = (other[5], other[18]);
        Assert.Equal(1, MapAgreement.TopOverlap(one, one));
        Assert.Equal(1.0 / 3, MapAgreement.TopOverlap(one, other), 12);
    }
}
