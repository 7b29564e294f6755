using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.RareEvents;
using LLMscope.Spc.Rules;
using LLMscope.Tests;

namespace LLMscope.Monitoring.Tests.Charts;

public class UnitsBetweenKindTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_point_is_the_calls_without_an_event_since_the_last_one()
    {
        var run = EventMinutes.Run(ChartKind.UnitsBetween).Add([0, 0, 1, 0, 0, 0, 1, 1, 0, 1]);

        Assert.Equal([2, 3, 0, 1], run.Points.Select(point => point.Value));
        Assert.Equal([3, 4, 1, 2], run.Points.Select(point => point.Count));
        Assert.Equal([PointPhase.Recorded, PointPhase.Baseline, PointPhase.Baseline, PointPhase.Baseline], run.Points.Select(point => point.Phase));
        Assert.Equal("{request}", run.Summary.Unit.Symbol);
    }

    [Fact]
    public void The_limits_are_the_quantiles_of_the_geometric_distribution()
    {
        var gaps = Gaps(40, seed: 1, probability: 0.01);
        var run = WithGaps(gaps);
        var expected = UnitsBetweenBaseline.Estimate(gaps.Take(25), out _)!;

        Assert.Equal(25, run.Baselines[0].Estimate.Count);
        var point = run.Points[^1];
        var k = run.Summary.Detection!.Parameters.K1;
        Assert.Equal((expected.Line(-k), expected.Line(0), expected.Line(k)), (point.Lower!.Value, point.Centre!.Value, point.Upper!.Value));
        Assert.Equal(RuleSet.None, run.Summary.Detection.Judged & RuleSet.R7 & ~expected.SuitableRules);
    }

    [Fact]
    public void Events_that_become_frequent_are_a_violation_downward()
    {
        var run = WithGaps([.. Gaps(30, seed: 3, probability: 0.005), .. Gaps(20, seed: 4, probability: 0.2)]);

        Assert.Contains(run.Violations, violation => violation.Direction == Direction.Down);
        Assert.DoesNotContain(run.Violations, violation => violation.Direction == Direction.Up);
    }

    [Fact]
    public void Days_without_a_call_are_no_gap_and_count_for_nothing()
    {
        var run = WithGaps(Gaps(30, seed: 5, probability: 0.02));
        var last = run.Points[^1].Time;

        run.Add(0, (last - ChartRun.Begin).TotalSeconds + (86_400 * 3)).Add(1, (last - ChartRun.Begin).TotalSeconds + (86_400 * 6));

        Assert.Equal(1, run.Points[^1].Value);
        Assert.False(run.Points[^1].StartsSegment);
    }

    [Fact]
    public void A_stop_in_the_middle_of_a_gap_loses_none_of_it()
    {
        var run = WithGaps(Gaps(30, seed: 6, probability: 0.02));

        run.Add(Enumerable.Repeat(0.0, 17)).Restart();
        run.Add(Enumerable.Repeat(0.0, 5)).Restart();
        run.Add([1]);

        Assert.Equal(22, run.Points[^1].Value);
    }

    [Fact]
    public void Another_kind_begins_to_count_with_the_next_call_and_another_baseline_goes_on()
    {
        var run = EventMinutes.Run(ChartKind.Proportion).AddMinutes(EventMinutes.Of(2, seed: 7, probability: 0.1));
        var plan = ChartPlan.For(run.Series.Characteristic, ChartKind.UnitsBetween);

        run.Replan(plan).Add([0, 0], step: 100).Replan(plan).Add([0, 1], step: 100);

        Assert.Equal((3.0, PointPhase.Baseline), (run.Points[^1].Value, run.Points[^1].Phase));
    }

    [Theory]
    [InlineData(0.0, 40, null)]
    [InlineData(0.1, 40, 45L)]
    [InlineData(0.001, 40, 48L)]
    [InlineData(1, 3, 9L)]
    public void What_stands_for_several_calls_has_its_good_ones_before_its_events(double share, int calls, long? gap)
    {
        var open = new OpenGap(units: 9, through: 4);

        Assert.Equal(gap, open.Add(new Sample(null!, default, share, Count: calls), 5));
        Assert.Null(open.Add(new Sample(null!, default, 1), 5));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_gap_of_a_stored_chart_survives_restarts_and_calls_are_counted_once()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using (var host = await MonitoringHost.StartAsync(database, Cancellation))
        {
            var (errors, control) = (host.Series(Characteristic.Error), host.Get<ChartControl>());
            await SendAsync(host, 0, [1]);
            var answer = await control.PlanAsync(errors.Id, plan => plan with { Kind = ChartKind.UnitsBetween }, "ada", Cancellation);
            Assert.Equal((ChartKind.UnitsBetween, TimeSpan.Zero), (answer.Chart!.Plan.Kind, answer.Chart.Plan.Subgroup));
            await SendAsync(host, 1, [0, 0, 1, 0, 0, 0, 0]);
        }

        // The turn of the last calls makes no point, so that nothing of it may be saved when it crashes: they are judged again.
        var crashing = await MonitoringHost.StartAsync(database, Cancellation);
        await SendAsync(crashing, 8, [0, 0]);
        await crashing.SendAsync(Calls(crashing.Series(Characteristic.Error), 10, [0]));
        await crashing.CrashAsync();

        await using var last = await MonitoringHost.StartAsync(database, Cancellation);
        await SendAsync(last, 11, [0, 1, 0, 1]);
        var points = await last.Get<PointHistory>().BetweenAsync(last.Series(Characteristic.Error).Id, 0, long.MaxValue, 100, Cancellation);

        Assert.Equal([2, 8, 1], points.TakeLast(3).Select(point => point.Value));
    }

    /// <summary>With a call that is a point of another chart, so that the turn is saved at once.</summary>
    private static async Task SendAsync(MonitoringHost host, int from, double[] values)
    {
        await host.SendAsync([.. Calls(host.Series(Characteristic.Error), from, values), .. Calls(host.Series(Characteristic.Duration), from + values.Length, [1])]);
        await host.JudgedAsync(Cancellation);
    }

    private static Sample[] Calls(Series series, int from, double[] values) =>
        [.. values.Select((value, i) => new Sample(series, ChartRun.Begin.AddSeconds(from + i), value))];

    private static ChartRun WithGaps(IEnumerable<long> gaps)
    {
        var run = EventMinutes.Run(ChartKind.UnitsBetween).Add([1]);
        foreach (var gap in gaps)
            run.Add([.. Enumerable.Repeat(0.0, (int)gap), 1], step: 2);

        return run;
    }

    private static long[] Gaps(int count, int seed, double probability)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (long)(Math.Log(1 - random.NextDouble()) / Math.Log(1 - probability)))];
    }
}
