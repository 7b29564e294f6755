using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Spc;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests.Charts;

public class SubgroupTests
{
    private static readonly ChartPlan TenSeconds = new(ChartKind.Individuals, Transform.None, TimeSpan.FromSeconds(10), RuleSet.All, 100);

    [Fact]
    public void Subgroups_are_aligned_to_the_clock_and_closed_by_the_next_sample()
    {
        var run = new ChartRun(plan: TenSeconds).Add(1, 7).Add(3, 9.999).Add(5, 10).Add(7, 19).Add(9, 45);

        Assert.Equal([(2.0, 2, 10.0), (6.0, 2, 20.0)], run.Points.Select(point => (point.Value, point.Count, (point.Time - ChartRun.Begin).TotalSeconds)));
    }

    [Fact]
    public void A_subgroup_is_closed_when_no_sample_comes_any_more()
    {
        var run = new ChartRun(plan: TenSeconds).Add(1, 3);

        run.CloseIdle(19).CloseIdle(28);
        Assert.Empty(run.Points);
        run.CloseIdle(29);

        Assert.Equal(1, Assert.Single(run.Points).Count);
        Assert.Null(run.Chart.OpenSince);
    }

    [Fact]
    public void History_that_is_still_being_sent_keeps_its_subgroup_open()
    {
        var hourLater = 3_600.0;
        var run = new ChartRun(plan: TenSeconds).Add(1, 3).CloseIdle(hourLater).CloseIdle(hourLater + 9);

        run.Add(3, 4).CloseIdle(hourLater + 11).CloseIdle(hourLater + 20.9);
        Assert.Empty(run.Points);
        run.CloseIdle(hourLater + 21);

        Assert.Equal((2.0, 2), (run.Points[0].Value, run.Points[0].Count));
    }

    [Fact]
    public void A_sample_of_a_subgroup_that_is_closed_is_late()
    {
        var run = new ChartRun(plan: TenSeconds).Add(1, 3).CloseIdle(3).CloseIdle(100);

        run.Add(9, 4).Add(5, 200);

        Assert.Equal(1, Assert.Single(run.Points).Value);
        Assert.Equal(1, run.Summary.NotJudged[Standing.Late]);
    }

    [Fact]
    public void A_log_subgroup_plots_the_geometric_mean_of_what_has_a_logarithm()
    {
        var run = new ChartRun(plan: TenSeconds with { Transform = Transform.Log }).Add(1, 1).Add(0, 2).Add(100, 3).Add(1, 10);

        Assert.Equal(10, run.Points[0].Value, precision: 12);
        Assert.Equal(2, run.Points[0].Count);
    }

    [Fact]
    public void A_series_of_more_than_ten_samples_a_second_is_charted_in_subgroups()
    {
        var run = new ChartRun().Add(Values.LogNormal(1_001, seed: 21), step: 0.09);
        Assert.Equal(Pace.Subgroup, run.Chart.Plan.Subgroup);
        Assert.Null(run.Summary.Baseline);

        run.Add(Values.LogNormal(200, seed: 22), step: 0.09);

        Assert.Equal(1_002, run.Points[1_001].Number);
        Assert.All(run.Points.Skip(1_001), point => Assert.Equal(0, point.Time.Second % 5));
    }

    [Theory]
    [InlineData(0.101)]
    [InlineData(0.0009)]
    [InlineData(0)]
    public void A_slower_series_and_a_batch_without_times_keep_a_point_a_sample(double step)
    {
        var run = new ChartRun().Add(Values.LogNormal(3_001, seed: 23), step);

        Assert.Equal(TimeSpan.Zero, run.Chart.Plan.Subgroup);
        Assert.Equal(3_001, run.Points.Count);
    }

    [Fact]
    public void An_error_chart_freezes_after_25_subgroups_and_500_calls()
    {
        var few = Errors(new ChartRun(Characteristic.Error), minutes: 30, calls: 10);
        Assert.Empty(few.Baselines);

        var enough = Errors(new ChartRun(Characteristic.Error), minutes: 26, calls: 20);

        Assert.Equal((25, 500L), (enough.Baselines[0].Estimate.Count, enough.Baselines[0].Estimate.Units));
        Assert.Null(enough.Baselines[0].Estimate.Zones);
    }

    [Fact]
    public void An_outage_signals_and_a_few_errors_do_not()
    {
        var run = Errors(new ChartRun(Characteristic.Error), minutes: 40, calls: 20);
        Assert.Empty(run.Violations);

        for (var call = 0; call < 20; call++)
            run.Add(call < 10 ? 1 : 0, 2_400 + call);
        run.Add(0, 2_460);

        Assert.Equal((RuleSet.R1, 0.5), (run.Points[^1].Signals.Rules, run.Points[^1].Value));
        Assert.Equal((Direction.Up, RuleSet.R1), (Assert.Single(run.Violations).Direction, Assert.Single(run.Violations).Rules));
    }

    // One error in every hundred calls.
    private static ChartRun Errors(ChartRun run, int minutes, int calls)
    {
        for (var call = 0; call < minutes * calls; call++)
            run.Add(call % 100 == 50 ? 1 : 0, call * 60.0 / calls);

        return run;
    }
}
