using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Baselines;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests.Charts;

public class LiveChartTests
{
    [Fact]
    public void A_hundred_points_are_collected_and_then_frozen()
    {
        var run = new ChartRun().Add(Values.LogNormal(99, seed: 1));
        Assert.Empty(run.Baselines);
        Assert.Equal((99, 100), (run.Summary.Collected, run.Summary.Wanted));

        run.Add(Values.LogNormal(1, seed: 2));

        var baseline = Assert.Single(run.Baselines);
        Assert.Equal((1, 100), (baseline.FirstNumber, baseline.LastNumber));
        Assert.All(run.Points, point => Assert.Equal(PointPhase.Baseline, point.Phase));
    }

    [Fact]
    public void The_limits_are_those_of_the_collected_points_and_never_move()
    {
        var good = Values.LogNormal(100, seed: 3);
        var expected = PhaseOne.Analyse(good, options: new PhaseOneOptions { Transform = TransformChoice.Log, Predictor = PredictorChoice.None }).Model!;

        var run = new ChartRun(plan: ChartRun.Classic).Add(good).Add(Values.LogNormal(200, seed: 4, scale: 3));

        var judged = run.Points.Skip(100).ToArray();
        Assert.Single(run.Baselines);
        Assert.All(judged, point => Assert.Equal(
            (expected.Draw(expected.Line(-3), 0), expected.Draw(expected.Line(0), 0), expected.Draw(expected.Line(3), 0)), (point.Lower!.Value, point.Centre!.Value, point.Upper!.Value)));
    }

    [Fact]
    public void The_judged_point_is_never_part_of_its_own_baseline()
    {
        var calm = new ChartRun().Add(Values.LogNormal(100, seed: 5)).Add([1.0]);
        var wild = new ChartRun().Add(Values.LogNormal(100, seed: 5)).Add([1e6]);

        Assert.Equal(calm.Points[^1].Upper, wild.Points[^1].Upper);
        Assert.Equal(RuleSet.R1, wild.Points[^1].Signals.Rules & RuleSet.R1);
        Assert.True(wild.Points[^1].Number > wild.Baselines[0].LastNumber);
    }

    [Fact]
    public void The_signals_of_a_chart_are_those_of_its_rules_on_the_judged_points_alone()
    {
        var run = new ChartRun(plan: ChartRun.Classic).Add(Values.LogNormal(100, seed: 6)).Add(Values.LogNormal(500, seed: 7, sigma: 0.5));
        var model = run.Baselines[0].Estimate.Model!;
        var judge = new NelsonRules(RuleLimits.From(model.Line, RuleParameters.Default));

        var expected = run.Points.Skip(100).Select(point => judge.Judge(Math.Log(point.Value))).ToArray();

        Assert.Equal(expected, run.Points.Skip(100).Select(point => point.Signals));
        Assert.Contains(expected, signals => signals.Any);
    }

    [Fact]
    public void No_rule_looks_over_a_gap()
    {
        var run = new ChartRun(plan: ChartRun.Classic).Add(Values.LogNormal(100, seed: 8));
        var (gap, above) = (run.Baselines[0].MaxGap, run.Baselines[0].Estimate.Zones!.Value.Upper1 * 0.99);
        run.Add(Enumerable.Repeat(above, 8));
        var last = (run.Points[^1].Time - ChartRun.Begin).TotalSeconds;

        run.Add(above, last + gap.TotalSeconds + 1);

        Assert.True(run.Points[^1].StartsSegment);
        Assert.Null(run.Points[^1].MovingRange);
        Assert.Equal(RuleSet.None, run.Points[^1].Signals.Rules & RuleSet.R2);
    }

    [Fact]
    public void Points_as_far_apart_as_the_largest_gap_are_still_neighbours()
    {
        var run = new ChartRun(plan: ChartRun.Classic).Add(Values.LogNormal(100, seed: 8));
        var (gap, above) = (run.Baselines[0].MaxGap, run.Baselines[0].Estimate.Zones!.Value.Upper1 * 0.99);
        run.Add(Enumerable.Repeat(above, 8));
        var last = (run.Points[^1].Time - ChartRun.Begin).TotalSeconds;

        run.Add(above, last + gap.TotalSeconds);

        Assert.False(run.Points[^1].StartsSegment);
        Assert.Equal(RuleSet.R2, run.Points[^1].Signals.Rules & RuleSet.R2);
    }

    [Fact]
    public void The_first_judged_point_has_no_moving_range_to_the_baseline()
    {
        var run = new ChartRun().Add(Values.LogNormal(102, seed: 9));

        Assert.True(run.Points[100].StartsSegment);
        Assert.Null(run.Points[100].MovingRange);
        Assert.Equal(Math.Abs(Math.Log(run.Points[101].Value / run.Points[100].Value)), run.Points[101].MovingRange!.Value, precision: 12);
    }

    [Theory]
    [InlineData(Standing.Failed)]
    [InlineData(Standing.CacheHit)]
    [InlineData(Standing.ColdStart)]
    [InlineData(Standing.Retry)]
    [InlineData(Standing.Late)]
    public void What_is_not_an_ordinary_answer_is_counted_and_kept_out(Standing standing)
    {
        var run = new ChartRun().Add(Values.LogNormal(50, seed: 10)).Add(1e9, 1_000, standing).Add(0, 1_001, standing);

        Assert.Equal(50, run.Points.Count);
        Assert.Equal(2, run.Summary.NotJudged[standing]);
        Assert.Equal(run.Points[^1].Time, run.Summary.LatestSample);
    }

    [Fact]
    public void A_sample_older_than_the_last_point_is_counted_as_late_and_changes_nothing()
    {
        var run = new ChartRun().Add(Values.LogNormal(50, seed: 11));

        run.Add(1e9, atSeconds: 5);

        Assert.Equal(50, run.Points.Count);
        Assert.Equal(1, run.Summary.NotJudged[Standing.Late]);
    }

    [Fact]
    public void Samples_of_the_same_moment_are_points_of_their_own()
    {
        var run = new ChartRun().Add(1, 0).Add(2, 0).Add(3, 0);

        Assert.Equal([1, 2, 3], run.Points.Select(point => point.Number));
    }

    [Fact]
    public void Values_without_a_logarithm_are_judged_on_their_own_scale()
    {
        var run = new ChartRun().Add(Values.Normal(99, seed: 12, mean: 5)).Add([0.0]);

        Assert.Equal(Transform.None, run.Baselines[0].Estimate.Transform);
        Assert.Contains(run.Baselines[0].Estimate.Remarks, remark => remark.Contains("zero or negative", StringComparison.Ordinal));
    }

    [Fact]
    public void A_constant_series_keeps_collecting_until_it_varies()
    {
        var run = new ChartRun().Add(Enumerable.Repeat(2.0, 150));
        Assert.Empty(run.Baselines);
        Assert.Contains("the same", run.Summary.Problem, StringComparison.Ordinal);

        run.Add([2.5]);

        Assert.Single(run.Baselines);
        Assert.Null(run.Summary.Problem);
    }

    [Fact]
    public void What_a_chart_collects_is_bounded()
    {
        var run = new ChartRun().Add(Enumerable.Repeat(2.0, 2_500));

        Assert.Equal(2_000, run.Summary.Collected);
        Assert.Equal(ChartSummary.RecentPoints, run.Summary.Recent.Count);
    }

    [Fact]
    public void Values_too_large_for_limits_give_a_reason_and_no_limits()
    {
        var run = new ChartRun("my_metric").Add(Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.7e308 : -1.7e308));

        Assert.Empty(run.Baselines);
        Assert.NotNull(run.Summary.Problem);
    }

    [Fact]
    public void A_chart_that_records_never_judges()
    {
        var run = new ChartRun("gpu_temperature").Add(Values.Normal(300, seed: 13, mean: 60)).Add([1e6]);

        Assert.Equal(301, run.Points.Count);
        Assert.All(run.Points, point => Assert.Equal((PointPhase.Recorded, false, (double?)null), (point.Phase, point.Signals.Any, point.Upper)));
        Assert.Empty(run.Baselines);
        Assert.Equal(0, run.Summary.Wanted);
    }

    [Fact]
    public void Another_plan_resolves_what_is_open_and_collects_anew()
    {
        var run = new ChartRun().Add(Values.LogNormal(100, seed: 14)).Add([1e6]);

        run.Replan(run.Chart.Plan with { BaselinePoints = 20 }).Add(Values.LogNormal(20, seed: 15));

        Assert.Equal(Violation.NewBaseline, Assert.Single(run.Violations).ResolvedBy);
        Assert.Equal([1, 2], run.Baselines.Select(baseline => baseline.Version));
        Assert.Equal(102, run.Baselines[1].FirstNumber);
    }

    [Fact]
    public void The_largest_gap_is_three_usual_intervals_within_its_bounds()
    {
        var fast = new ChartRun().Add(Values.LogNormal(100, seed: 16), step: 0.5);
        var usual = new ChartRun().Add(Values.LogNormal(100, seed: 16), step: 100);
        var slow = new ChartRun().Add(Values.LogNormal(100, seed: 16), step: 100_000);

        Assert.Equal(TimeSpan.FromMinutes(1), fast.Baselines[0].MaxGap);
        Assert.Equal(TimeSpan.FromSeconds(300), usual.Baselines[0].MaxGap);
        Assert.Equal(TimeSpan.FromDays(1), slow.Baselines[0].MaxGap);
    }
}
