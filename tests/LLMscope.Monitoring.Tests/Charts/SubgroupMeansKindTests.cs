using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;
using LLMscope.Spc.Subgroups;

namespace LLMscope.Monitoring.Tests.Charts;

public class SubgroupMeansKindTests
{
    [Theory]
    [InlineData(ChartKind.SubgroupMeansS, SubgroupSpread.Deviation)]
    [InlineData(ChartKind.SubgroupMeansR, SubgroupSpread.Range)]
    public void Means_and_spreads_have_the_limits_of_the_spread_within(ChartKind kind, SubgroupSpread spread)
    {
        var minutes = Minutes(40, seed: 1);
        var expected = SubgroupBaseline.Estimate(minutes.Take(25).Select(SubgroupOf), spread, out _)!;

        var run = Add(Run(kind), minutes);

        var (estimate, width) = (run.Baselines[0].Estimate, run.Chart.Detection!.Parameters.K1);
        Assert.Equal((expected.Centre, expected.Sigma), (estimate.Centre, estimate.Sigma), Near);
        Assert.Equal(15, run.Points.Count(point => point.Phase == PointPhase.Judged));
        Assert.All(run.Points.Skip(25), point =>
        {
            Assert.Equal(Math.Exp(expected.MeanLine(width, point.Count)), point.Upper!.Value, precision: 9);
            Assert.Equal(Math.Exp(expected.MeanLine(-width, point.Count)), point.Lower!.Value, precision: 9);
            Assert.Equal(expected.SpreadLine(3, point.Count), point.Spread!.Upper!.Value, precision: 9);
            Assert.Equal(expected.SpreadLine(-3, point.Count), point.Spread.Lower!.Value, precision: 9);
        });
        Assert.Equal(
            minutes.Skip(25).Select(SubgroupOf).Select(subgroup => (subgroup.Deviation, subgroup.Range)),
            run.Points.Skip(25).Select(point => (point.Spread!.Deviation, point.Spread.Range)));
    }

    [Theory]
    [InlineData(ChartKind.SubgroupMeansS)]
    [InlineData(ChartKind.SubgroupMeansR)]
    public void A_shift_of_the_mean_is_a_violation(ChartKind kind)
    {
        var run = Add(Run(kind), [.. Minutes(60, seed: 2), .. Minutes(3, seed: 3, scale: 2)]);

        Assert.DoesNotContain(run.Points.Take(60), point => point.Signals.Rules.HasFlag(RuleSet.R1));
        Assert.Equal(RuleSet.R1, run.Points[^1].Signals.Upward & RuleSet.R1);
        Assert.Contains(run.Violations, violation => violation.Direction == Direction.Up);
    }

    [Fact]
    public void A_larger_spread_is_drawn_beyond_its_limit_and_not_judged()
    {
        var run = Add(Run(ChartKind.SubgroupMeansS), [.. Minutes(30, seed: 4), [0.2, 5, 0.2, 5, 0.2, 5]]);

        Assert.True(run.Points[^1].Spread!.Deviation > run.Points[^1].Spread!.Upper);
        Assert.Equal(RuleSet.None, run.Points[^1].Signals.Rules);
    }

    [Fact]
    public void Intervals_with_too_many_samples_for_a_range_have_a_reason_and_no_limits()
    {
        var run = Add(Run(ChartKind.SubgroupMeansR), Minutes(30, seed: 5, fewest: 11, most: 20));

        Assert.Empty(run.Baselines);
        Assert.Contains("too many for their range", run.Summary.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_interval_with_too_many_samples_has_limits_for_its_mean_alone()
    {
        var run = Add(Run(ChartKind.SubgroupMeansR), [.. Minutes(30, seed: 6), .. Minutes(1, seed: 7, fewest: 20, most: 20)]);

        Assert.Equal((PointPhase.Judged, 20, (double?)null), (run.Points[^1].Phase, run.Points[^1].Count, run.Points[^1].Spread!.Upper));
    }

    [Fact]
    public void Means_that_vary_more_between_intervals_than_within_are_better_charted_as_individuals()
    {
        var random = new Random(8);
        var run = Add(Run(ChartKind.SubgroupMeansS), [.. Enumerable.Range(0, 30).SelectMany(i => Minutes(1, seed: 100 + i, scale: Math.Exp(random.NextDouble())))]);

        Assert.True(run.Baselines[0].Estimate.Dispersion > 1.5);
        Assert.Contains("honest chart", run.Baselines[0].Estimate.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_sample_has_no_spread()
    {
        var run = Add(Run(ChartKind.SubgroupMeansS), [.. Minutes(30, seed: 9), [1.0]]);

        Assert.Equal((PointPhase.Judged, 1, null), (run.Points[^1].Phase, run.Points[^1].Count, run.Points[^1].Spread));
    }

    private static ChartRun Run(ChartKind kind) => new(plan: ChartPlan.For(Characteristic.Find(Characteristic.Duration)!, kind));

    private static Subgroup SubgroupOf(double[] minute) => Subgroup.Of([.. minute.Select(value => Math.Log(value))]);

    private static ChartRun Add(ChartRun run, double[][] minutes)
    {
        foreach (var (minute, values) in minutes.Index())
        {
            foreach (var (i, value) in values.Index())
                run.Add(value, (minute * 60) + i);
        }

        return run.CloseIdle((minutes.Length * 60) + 1_000).CloseIdle((minutes.Length * 60) + 2_000);
    }

    private static double[][] Minutes(int count, int seed, double scale = 1, int fewest = 4, int most = 8)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Values.LogNormal(random.Next(fewest, most + 1), seed: (seed * 1_000) + i, scale: scale))];
    }

    private static bool Near((double, double) one, (double, double) other) => Math.Abs(one.Item1 - other.Item1) < 1e-9 && Math.Abs(one.Item2 - other.Item2) < 1e-9;
}
