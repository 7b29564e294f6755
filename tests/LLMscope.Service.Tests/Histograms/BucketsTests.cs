using LLMscope.Service.Histograms;

namespace LLMscope.Service.Tests.Histograms;

public class BucketsTests
{
    private static readonly double[] Bounds = [1, 2, 4];

    [Fact]
    public void What_was_added_can_be_subtracted()
    {
        var (first, second) = (new ExplicitBuckets(Bounds, [1, 2, 3, 4]), new ExplicitBuckets(Bounds, [0, 5, 0, 1]));

        Assert.Equal(second.Quantile(0.4), first.Plus(second)!.Minus(first)!.Quantile(0.4));
    }

    [Fact]
    public void Counts_between_other_bounds_and_counts_that_fell_cannot_be_subtracted()
    {
        var buckets = new ExplicitBuckets(Bounds, [1, 2, 3, 4]);

        Assert.Null(buckets.Minus(new ExplicitBuckets([1, 2, 5], [0, 0, 0, 0])));
        Assert.Null(buckets.Minus(new ExplicitBuckets([1, 2], [0, 0, 0])));
        Assert.Null(buckets.Minus(new ExplicitBuckets(Bounds, [2, 0, 0, 0])));
        Assert.Null(buckets.Plus(new ExponentialBuckets(0, 0, 0, [1])));
        Assert.Null(new ExponentialBuckets(0, 0, 0, [1]).Minus(buckets));
    }

    // Of values spread evenly over the logarithms from 2^-3 to 2^5, whose quantiles are 2^(8q - 3).
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Exponential_quantiles_are_exact_where_the_logarithms_lie_evenly(int scale)
    {
        var buckets = new ExponentialBuckets(scale, zero: 0, offset: -3 << scale, [.. Enumerable.Repeat(10.0, 8 << scale)]);

        Assert.All([0, 0.1, 0.5, 0.95, 1], quantile => Assert.Equal(Math.Pow(2, (8 * quantile) - 3), buckets.Quantile(quantile), precision: 9));
    }

    [Fact]
    public void Values_of_zero_come_first()
    {
        var buckets = new ExponentialBuckets(0, zero: 5, offset: 0, [5]);

        Assert.Equal((0, 1.5157), (buckets.Quantile(0.5), Math.Round(buckets.Quantile(0.8), 4))); // 2^0.6
    }

    [Theory]
    [InlineData(3, -20)]
    [InlineData(2, 7)]
    [InlineData(1, -1)]
    public void A_finer_scale_merges_into_a_coarser_one_and_loses_nothing(int scale, int offset)
    {
        var fine = new ExponentialBuckets(scale, 1, offset, [1, 2, 3, 4, 5, 6, 7]);
        var coarse = fine.Plus(new ExponentialBuckets(0, 0, 0, []))!;

        // Within the widest bucket of both.
        Assert.All([0.2, 0.5, 0.9], quantile => Assert.InRange(coarse.Quantile(quantile) / fine.Quantile(quantile), 0.5, 2));
        Assert.Equal(double.NaN, coarse.Minus(fine)!.Quantile(0.5));
    }

    [Fact]
    public void Buckets_that_lie_too_far_apart_are_not_added() =>
        Assert.Null(new ExponentialBuckets(20, 0, int.MinValue, [1]).Plus(new ExponentialBuckets(20, 0, int.MaxValue, [1])));

    [Fact]
    public void Nothing_observed_is_not_a_number() => Assert.Equal(double.NaN, new ExponentialBuckets(0, 0, 0, [0, 0]).Quantile(0.5));
}
