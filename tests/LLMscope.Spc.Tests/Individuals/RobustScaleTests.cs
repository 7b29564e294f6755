using LLMscope.Spc.Individuals;

namespace LLMscope.Spc.Tests.Individuals;

public class RobustScaleTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void The_mean_difference_is_the_mean_over_all_pairs(int count)
    {
        var values = NormalSample.Of(count, seed: count, mean: 1e6);
        var pairs = from i in Enumerable.Range(0, count) from j in Enumerable.Range(0, i) select Math.Abs(values[i] - values[j]);

        Assert.Equal(Math.Sqrt(Math.PI) / 2 * pairs.Average(), RobustScale.MeanDifference(values), tolerance: 1e-9);
    }

    [Fact]
    public void A_wild_value_moves_the_median_by_one_rank_only()
    {
        Assert.Equal(3, RobustScale.Median([1, 2, 3, 4, 1e9]));
        Assert.Equal(2.5, RobustScale.Median([4, 1, 3, 2]));
    }

    [Fact]
    public void Half_the_values_lie_within_two_thirds_of_a_sigma_of_the_median()
        => Assert.Equal(1.482602218505602, RobustScale.MedianAbsoluteDeviation([0, 1, 2, 3, 4], median: 2), tolerance: 1e-12);
}
