using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests.Charts;

public class TimeBetweenKindTests
{
    [Fact]
    public void A_point_is_the_seconds_since_the_event_before_and_calls_without_one_are_none()
    {
        var run = EventMinutes.Run(ChartKind.TimeBetween).Add(0, 1).Add(1, 5).Add(0, 6).Add(0, 30).Add(1, 65).Add(1, 65.5);

        Assert.Equal([0, 60, 0.5], run.Points.Select(point => point.Value));
        Assert.Equal([PointPhase.Recorded, PointPhase.Baseline, PointPhase.Baseline], run.Points.Select(point => point.Phase));
        Assert.Equal((2, 25), (run.Summary.Collected, run.Summary.Wanted));
    }

    [Fact]
    public void The_limits_are_quantiles_of_an_exponential_distribution_where_nothing_speaks_against_it()
    {
        var run = WithTimes(Times(60, seed: 1, mean: 300));
        var expected = TimeBetweenBaseline.Estimate(run.Points.Skip(1).Take(25).Select(point => point.Value), TimeBetweenModel.Exponential, out _)!;
        var width = run.Chart.Detection!.Parameters.K1;

        Assert.Equal(expected, run.Baselines[0].Estimate.TimeBetween);
        Assert.All(run.Points.Skip(26), point => Assert.Equal((expected.Line(-width), expected.Line(0), expected.Line(width)), (point.Lower!.Value, point.Centre!.Value, point.Upper!.Value)));
        Assert.All(run.Points, point => Assert.False(point.Signals.Rules.HasFlag(RuleSet.R1)));
        Assert.Contains(run.Baselines[0].Estimate.Remarks, remark => remark.Contains("exponential", StringComparison.Ordinal));
    }

    [Fact]
    public void Times_that_hardly_vary_are_charted_by_a_Weibull_distribution()
    {
        var run = WithTimes(Values.Normal(30, seed: 2, mean: 100, sigma: 10));

        Assert.Equal(TimeBetweenModel.Weibull, run.Baselines[0].Estimate.TimeBetween!.Model);
        Assert.Contains(run.Baselines[0].Estimate.Remarks, remark => remark.Contains("more evenly", StringComparison.Ordinal));
    }

    [Fact]
    public void Events_that_become_frequent_are_a_violation_downward()
    {
        var run = WithTimes([.. Times(30, seed: 3, mean: 300), .. Times(20, seed: 4, mean: 10)]);

        Assert.Contains(run.Violations, violation => violation.Direction == Direction.Down);
        Assert.DoesNotContain(run.Violations, violation => violation.Direction == Direction.Up);
    }

    [Fact]
    public void A_long_time_without_an_event_is_no_gap()
    {
        var run = WithTimes([.. Times(30, seed: 5, mean: 300), 86_400 * 3, 100]);

        Assert.Equal(86_400 * 3, run.Points[^2].Value);
        Assert.Equal(RuleSet.R1, run.Points[^2].Signals.Upward & RuleSet.R1);
        Assert.False(run.Points[^2].StartsSegment || run.Points[^1].StartsSegment);
    }

    [Fact]
    public void Another_baseline_counts_the_first_time_from_the_point_before()
    {
        var run = EventMinutes.Run(ChartKind.Proportion).AddMinutes(EventMinutes.Of(2, seed: 6, probability: 0.1));

        run.Replan(ChartPlan.For(run.Series.Characteristic, ChartKind.TimeBetween)).Add(1, 150);

        Assert.Equal((30.0, PointPhase.Baseline), (run.Points[^1].Value, run.Points[^1].Phase));
        Assert.Equal(3, run.Chart.PlannedFrom);
    }

    [Fact]
    public void A_storm_of_events_does_not_change_what_a_point_is()
    {
        var run = WithTimes(Enumerable.Repeat(0.05, 1_100));

        Assert.Equal(TimeSpan.Zero, run.Chart.Plan.Subgroup);
        Assert.Equal(1_101, run.Points.Count);
    }

    private static ChartRun WithTimes(IEnumerable<double> times)
    {
        var (run, at) = (EventMinutes.Run(ChartKind.TimeBetween).Add(1, 0), 0.0);
        foreach (var time in times)
            run.Add(0, at + (time / 2)).Add(1, at += time);

        return run;
    }

    private static double[] Times(int count, int seed, double mean)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => -mean * Math.Log(1 - random.NextDouble()))];
    }
}
