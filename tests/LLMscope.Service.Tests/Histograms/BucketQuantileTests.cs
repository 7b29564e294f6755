using LLMscope.Service.Histograms;

namespace LLMscope.Service.Tests.Histograms;

public class BucketQuantileTests
{
    private static readonly double[] Bounds = [0.1, 0.2, 0.4];

    [Theory]
    [InlineData(0.25, 0.1)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.375, 0.15)]
    [InlineData(0.625, 0.3)]
    [InlineData(0.125, 0.05)]
    [InlineData(0, 0)]
    public void A_quantile_lies_between_the_bounds_of_its_bucket_as_its_rank_does(double quantile, double expected)
    {
        Assert.Equal(expected, BucketQuantile.OfCounts(quantile, Bounds, [2, 2, 2, 2]), precision: 12);
        Assert.Equal(expected, BucketQuantile.OfCumulative(quantile, [.. Bounds, double.PositiveInfinity], [2, 4, 6, 8]), precision: 12);
    }

    [Theory]
    [InlineData(0.76)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void Above_the_highest_finite_bound_it_is_that_bound(double quantile) =>
        Assert.Equal(0.4, BucketQuantile.OfCounts(quantile, Bounds, [2, 2, 2, 2]));

    [Fact]
    public void Empty_buckets_are_passed_over() =>
        Assert.Equal(0.3, BucketQuantile.OfCounts(0.5, Bounds, [0, 0, 4, 0]), precision: 12);

    [Fact]
    public void A_first_bucket_of_negative_values_answers_its_bound() =>
        Assert.Equal(-1, BucketQuantile.OfCounts(0.1, [-1, 1], [5, 5, 0]));

    [Fact]
    public void Nothing_observed_is_not_a_number() => Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, Bounds, [0, 0, 0, 0]));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void There_is_no_quantile_outside_of_0_to_1(double quantile) => Assert.Equal(double.NaN, BucketQuantile.OfCounts(quantile, Bounds, [1, 1, 1, 1]));

    [Fact]
    public void What_cannot_be_buckets_is_not_a_number()
    {
        Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, [], [4]));
        Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, [double.PositiveInfinity], [4]));
        Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, [2, 1], [1, 1, 1]));
        Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, [1, 2], [1]));
        Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, [1, 2], [1, -1, 3]));
        Assert.Equal(double.NaN, BucketQuantile.OfCounts(0.5, [1, 2], [1, double.NaN, 3]));
    }

    [Fact]
    public void A_cumulative_count_that_falls_counts_as_an_empty_bucket() =>
        Assert.Equal(BucketQuantile.OfCounts(0.9, [1, 2, 4], [3, 0, 2]), BucketQuantile.OfCumulative(0.9, [1, 2, 4], [3, 2, 5]));
}
