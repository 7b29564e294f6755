using LLMscope.Spc.Comparison;
using LLMscope.Spc.Tests.Individuals;

namespace LLMscope.Spc.Tests.Comparison;

public class QuantileChangeTests
{
    private static readonly BootstrapOptions Quick = new() { Replicates = 500, BlockLength = 1 };

    [Fact]
    public void Quantiles_are_those_of_R_by_default()
    {
        var sample = new SortedSample([7, 15, double.NaN, 36, 39, 40, 41]);

        Assert.Equal([7, 20.25, 37.5, 39.75, 41], new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(sample.Quantile));
    }

    [Theory]
    [InlineData(0.5, 200)]
    [InlineData(0.95, 400)]
    public void Intervals_hold_the_true_change_as_often_as_they_say(double quantile, int count)
    {
        var truth = MathNet.Numerics.Distributions.LogNormal.InvCDF(0, 1, quantile);
        int differences = 0, ratios = 0;
        for (var seed = 0; seed < 600; seed++)
        {
            var before = Lognormal(NormalSample.Of(count, 2 * seed));
            var after = Lognormal(NormalSample.Of(count, (2 * seed) + 1, mean: Math.Log(1.2)));

            var change = QuantileChange.Between(before, after, quantile, Quick with { Seed = seed });

            differences += change.Difference.Excludes(0.2 * truth) ? 0 : 1;
            ratios += change.Ratio.Excludes(1.2) ? 0 : 1;
        }

        Assert.InRange(differences / 600.0, 0.925, 0.975);
        Assert.InRange(ratios / 600.0, 0.925, 0.975);
    }

    [Fact]
    public void Blocks_keep_the_promise_on_autocorrelated_series_where_independent_draws_break_it()
    {
        int blocks = 0, independent = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var (before, after) = (Autoregression(400, 0.7, 2 * seed), Autoregression(400, 0.7, (2 * seed) + 1));
            blocks += QuantileChange.Between(before, after, 0.5, Quick with { BlockLength = null }).Difference.Excludes(0) ? 0 : 1;
            independent += QuantileChange.Between(before, after, 0.5, Quick).Difference.Excludes(0) ? 0 : 1;
        }

        Assert.InRange(blocks / 150.0, 0.88, 0.99);
        Assert.InRange(independent / 150.0, 0, 0.80);
    }

    [Fact]
    public void Drawing_places_is_the_same_as_drawing_values()
    {
        var values = NormalSample.Of(40, 1);
        var fast = new IndependentDraws(new SortedSample(values), 0.9, new Random(2));
        var slow = new BlockDraws(values, 0.9, 1, new Random(3));

        var (first, second) = (Draws(fast.Next), Draws(slow.Next));

        foreach (var quantile in new[] { 0.05, 0.25, 0.5, 0.75, 0.95 })
            Assert.Equal(first.Quantile(quantile), second.Quantile(quantile), tolerance: 0.05);
    }

    [Fact]
    public void Blocks_of_a_long_series_are_drawn_in_part_and_keep_the_width()
    {
        var values = NormalSample.Of(80_000, 1);

        var all = QuantileChange.Between(values, values, 0.5, Quick).Difference;
        var part = QuantileChange.Between(values, values, 0.5, Quick with { BlockLength = 2 }).Difference;

        Assert.Equal(all.Upper - all.Lower, part.Upper - part.Lower, tolerance: 0.2 * (all.Upper - all.Lower));
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_one_a_similar()
    {
        var (before, after) = (Lognormal(NormalSample.Of(300, 1)), Lognormal(NormalSample.Of(300, 2)));
        var first = QuantileChange.Between(before, after, 0.95);

        Assert.Equal(first, QuantileChange.Between(before, after, 0.95));
        Assert.NotEqual(first.Ratio, QuantileChange.Between(before, after, 0.95, new BootstrapOptions { Seed = 2 }).Ratio);
    }

    [Fact]
    public void A_change_of_unit_leaves_the_ratio_as_it_is()
    {
        var (before, after) = (Lognormal(NormalSample.Of(300, 1)), Lognormal(NormalSample.Of(200, 2)));
        var seconds = QuantileChange.Between(before, after, 0.95);
        var units = QuantileChange.Between([.. before.Select(x => 1024 * x)], [.. after.Select(x => 1024 * x)], 0.95);

        Assert.Equal(seconds.Ratio, units.Ratio);
        Assert.Equal(seconds.Difference.Map(x => 1024 * x), units.Difference);
    }

    [Fact]
    public void No_ratio_is_given_where_a_quantile_may_be_zero()
    {
        var change = QuantileChange.Between(NormalSample.Of(50, 1), NormalSample.Of(50, 2), 0.5);

        Assert.False(change.Ratio.IsKnown);
        Assert.True(change.Difference.IsKnown);
    }

    [Fact]
    public void A_tail_of_few_values_is_marked_and_no_values_give_no_numbers()
    {
        Assert.True(QuantileChange.Between(NormalSample.Of(100, 1), NormalSample.Of(100, 2), 0.95).HasEnoughValues);
        Assert.False(QuantileChange.Between(NormalSample.Of(99, 1), NormalSample.Of(100, 2), 0.95).HasEnoughValues);
        Assert.False(QuantileChange.Between([], [1, 2], 0.5).Difference.IsKnown);
    }

    [Fact]
    public void Independent_values_need_no_blocks_and_dependent_ones_longer_blocks_the_longer_they_remember()
    {
        Assert.Equal(1, BlockLength.For([1, 2, 3]));
        Assert.Equal(1, BlockLength.For([.. Enumerable.Repeat(1.0, 100)]));
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => BlockLength.For(NormalSample.Of(500, seed)) == 1), 90, 100);
        Assert.InRange(BlockLength.For(Autoregression(1_000, 0.5, 1)), 9, 30);  // 14 by the formula
        Assert.InRange(BlockLength.For(Autoregression(1_000, 0.8, 1)), 25, 60); // 32
    }

    private static SortedSample Draws(Func<double> draw) => new([.. Enumerable.Range(0, 20_000).Select(_ => draw())]);

    private static double[] Lognormal(double[] values) => [.. values.Select(Math.Exp)];

    private static double[] Autoregression(int count, double autocorrelation, int seed)
    {
        var values = NormalSample.Of(count, seed);
        for (var i = 1; i < count; i++)
            values[i] = (autocorrelation * values[i - 1]) + (Math.Sqrt(1 - (autocorrelation * autocorrelation)) * values[i]);
        return values;
    }
}
