using FsCheck;
using FsCheck.Fluent;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Subgroups;
using LLMscope.Spc.Tests.Individuals;
using MathNet.Numerics.Distributions;

namespace LLMscope.Spc.Tests.Subgroups;

public class SubgroupBaselineTests
{
    private static readonly TextbookChart Rings = TextbookChart.Of("pistonrings-xbar-R");

    [Fact]
    public void The_means_of_the_piston_rings_come_out_as_printed()
    {
        var baseline = Of(Rings.Values, SubgroupSpread.Range);

        var means = baseline.MeansFor(5);

        Rings.Agrees("center", means.Centre);
        Rings.Agrees("sigma", baseline.Sigma);
        Rings.Agrees("LCL", means.Lower3);
        Rings.Agrees("UCL", means.Upper3);
        Assert.Equal(means, new ZoneLimits(
            baseline.MeanLine(-3, 5), baseline.MeanLine(-2, 5), baseline.MeanLine(-1, 5), baseline.Centre, baseline.MeanLine(1, 5), baseline.MeanLine(2, 5), baseline.MeanLine(3, 5)));
    }

    [Fact]
    public void Their_ranges_come_out_as_printed()
    {
        var ranges = TextbookChart.Of("pistonrings-R");

        var limits = Of(ranges.Values, SubgroupSpread.Range).SpreadsFor(5);

        ranges.Agrees("center", limits.Centre);
        ranges.Agrees("LCL", limits.Lower3);
        ranges.Agrees("UCL", limits.Upper3);
    }

    [Fact]
    public void Three_later_means_lie_beyond_the_limits_of_the_first_twenty_five()
    {
        var limits = Of(Rings.Values, SubgroupSpread.Range).MeansFor(5);
        var rules = new NelsonRules(limits, RuleSet.R1);

        var beyond = Rings.Values.Concat(Rings.LaterValues).Select((values, index) => (Number: index + 1, Signals: rules.Judge(Subgroup.Of(values).Mean)))
            .Where(point => point.Signals.Any).Select(point => point.Number);

        Assert.Equal(Rings.Beyond, beyond);
    }

    [Fact]
    public void The_standard_deviations_of_the_piston_rings_are_those_of_an_independent_computation()
    {
        var baseline = Of(Rings.Values, SubgroupSpread.Deviation);

        Assert.Equal(0.009240036602, baseline.SpreadsFor(5).Centre, tolerance: 1e-11);
        Assert.Equal(0.019302416768, baseline.SpreadsFor(5).Upper3, tolerance: 1e-11);
        Assert.Equal(0, baseline.SpreadsFor(5).Lower3);
        Assert.Equal(0.009829976728, baseline.Sigma, tolerance: 1e-11);
    }

    [Fact]
    public void The_limits_are_those_of_the_printed_factors()
    {
        var byRange = Of(Rings.Values, SubgroupSpread.Range);
        var byDeviation = Of(Rings.Values, SubgroupSpread.Deviation);
        var five = ChartConstants.For(5);
        var (range, deviation) = (byRange.SpreadsFor(5).Centre, byDeviation.SpreadsFor(5).Centre);

        Assert.Equal(byRange.Centre + (five.A2 * range), byRange.MeansFor(5).Upper3, precision: 12);
        Assert.Equal(five.D4 * range, byRange.SpreadsFor(5).Upper3, precision: 12);
        Assert.Equal(byDeviation.Centre - (five.A3 * deviation), byDeviation.MeansFor(5).Lower3, precision: 12);
        Assert.Equal(five.B4 * deviation, byDeviation.SpreadsFor(5).Upper3, precision: 12);
        Assert.Equal(ChartConstants.For(10).B3 * byDeviation.SpreadsFor(10).Centre, byDeviation.SpreadsFor(10).Lower3, precision: 12);
    }

    [Theory]
    [InlineData(SubgroupSpread.Range)]
    [InlineData(SubgroupSpread.Deviation)]
    public void Subgroups_of_varying_size_give_the_sigma_of_their_process(SubgroupSpread spread)
    {
        var sizes = new Random(4);
        var values = NormalSample.Of(32_000, seed: 5, mean: 20, sigma: 3);
        var subgroups = values.Chunk(8).Select(chunk => chunk[..sizes.Next(1, 9)]).ToArray();

        var baseline = Of(subgroups, spread);

        // Some 14,000 degrees of freedom: a standard error of 3 / sqrt(28,000) = 0.018.
        Assert.Equal(3, baseline.Sigma, tolerance: 4 * 0.019);
        Assert.Equal(1, baseline.Dispersion, tolerance: 4 * 0.826 / Math.Sqrt(4_000));
        Assert.False(baseline.IsOverdispersed);
    }

    [Fact]
    public void Levels_that_differ_between_subgroups_show_as_dispersion()
    {
        var levels = NormalSample.Of(200, seed: 9, sigma: 2);
        var chance = NormalSample.Of(16 * 200, seed: 10).Chunk(16);

        var baseline = Of([.. chance.Zip(levels, (values, level) => values.Select(value => level + value).ToArray())], SubgroupSpread.Deviation);

        // Means vary by sqrt(4 + 1/16), chance within lets them by 1/4.
        Assert.Equal(Math.Sqrt(4.0625) / 0.25, baseline.Dispersion, tolerance: 2);
        Assert.True(baseline.IsOverdispersed);
    }

    [Fact]
    public void In_control_means_ranges_and_deviations_lie_outside_as_often_as_they_must()
    {
        var ranges = Known(SubgroupSpread.Range);
        var deviations = Known(SubgroupSpread.Deviation);
        var (means, range, deviation) = (ranges.MeansFor(5), ranges.SpreadsFor(5), deviations.SpreadsFor(5));
        var values = NormalSample.Of(500_000, seed: 12, mean: 10, sigma: 2).Chunk(5).Select(chunk => Subgroup.Of(chunk)).ToArray();

        var chiSquared = 1 - ChiSquared.CDF(4, 4 * deviation.Upper3 * deviation.Upper3 / 4);
        Counted(2 * Normal.CDF(0, 1, -3), subgroup => FalseAlarms.IsBeyond(means, subgroup.Mean));
        Counted(1 - RangeDistribution.Below(range.Upper3 / 2, 5), subgroup => FalseAlarms.IsBeyond(range, subgroup.Range));
        Counted(chiSquared, subgroup => FalseAlarms.IsBeyond(deviation, subgroup.Deviation));

        void Counted(double probability, Func<Subgroup, bool> isBeyond)
        {
            var next = 0;
            FalseAlarms.Are(probability, values.Length, () => isBeyond(values[next++]));
        }
    }

    [Fact]
    public void A_change_of_unit_changes_the_limits_alike()
        => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            Gen.Choose(1, 1_000_000).ToArbitrary(), Gen.Choose(1, 1_000).ToArbitrary(), Gen.Choose(-1_000, 1_000).ToArbitrary(), (seed, scale, shift) =>
            {
                var values = NormalSample.Of(40, seed).Chunk(4).ToArray();
                var changed = values.Select(row => row.Select(value => (scale * value) + shift).ToArray()).ToArray();
                foreach (var spread in Enum.GetValues<SubgroupSpread>())
                {
                    var (before, after) = (Of(values, spread), Of(changed, spread));
                    Assert.Equal((scale * before.MeanLine(2.5, 4)) + shift, after.MeanLine(2.5, 4), tolerance: 1e-9 * (scale + Math.Abs(shift)));
                    Assert.Equal(scale * before.SpreadLine(1.5, 4), after.SpreadLine(1.5, 4), tolerance: 1e-9 * (scale + Math.Abs(shift)));
                    Assert.Equal(before.Dispersion, after.Dispersion, tolerance: 1e-6);
                    Assert.True(after.MeansFor(4).AreOrdered && after.SpreadsFor(4).AreOrdered);
                }
            }));

    [Fact]
    public void A_standardised_mean_is_beyond_three_where_the_mean_is_beyond_its_limits()
    {
        var baseline = Of(Rings.Values, SubgroupSpread.Range);
        var subgroup = new Subgroup(3, baseline.MeanLine(2.25, 3), 0, 0);

        Assert.Equal(2.25, baseline.Standardised(subgroup), tolerance: 1e-9);
    }

    [Fact]
    public void What_gives_no_limits_is_named()
    {
        Assert.Equal(SubgroupProblem.TooFewSubgroups, Problem(SubgroupSpread.Range, Subgroup.Of(1, 2), Subgroup.Of()));
        Assert.Equal(SubgroupProblem.SingleValues, Problem(SubgroupSpread.Range, Subgroup.Of(1), Subgroup.Of(2)));
        Assert.Equal(SubgroupProblem.NoVariation, Problem(SubgroupSpread.Deviation, Subgroup.Of(1, 1), Subgroup.Of(2, 2)));
        Assert.Equal(SubgroupProblem.NotFinite, Problem(SubgroupSpread.Deviation, new(2, 1, 1, 1), new(2, double.NaN, 1, 1)));
        Assert.Equal(SubgroupProblem.TooLargeForRange, Problem(SubgroupSpread.Range, Subgroup.Of(1, 2), Subgroup.Of([.. NormalSample.Of(11, 1)])));
        Assert.Equal(SubgroupProblem.None, Problem(SubgroupSpread.Deviation, Subgroup.Of(1, 2), Subgroup.Of([.. NormalSample.Of(11, 1)])));
    }

    private static SubgroupBaseline Of(double[][] values, SubgroupSpread spread)
    {
        var baseline = SubgroupBaseline.Estimate(values.Select(row => Subgroup.Of(row)), spread, out var problem);
        Assert.Equal(SubgroupProblem.None, problem);
        return baseline!;
    }

    private static SubgroupProblem Problem(SubgroupSpread spread, params Subgroup[] subgroups)
    {
        var baseline = SubgroupBaseline.Estimate(subgroups, spread, out var problem);
        Assert.Equal(problem == SubgroupProblem.None, baseline is not null);
        return problem;
    }

    private static SubgroupBaseline Known(SubgroupSpread spread)
        => new() { Spread = spread, Centre = 10, Sigma = 2, Subgroups = 100, Values = 500, Dispersion = 1 };
}
