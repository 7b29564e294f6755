using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Judging;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Tests;
using MathNet.Numerics.Distributions;

namespace LLMscope.Monitoring.Tests.Charts;

public class CountedSumTests
{
    private const RuleSet Both = RuleSet.R1 | RuleSet.Cusum;

    private static readonly Characteristic Error = Characteristic.Find(Characteristic.Error)!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ChartKind.Proportion)]
    [InlineData(ChartKind.Rate)]
    [InlineData(ChartKind.Count)]
    public void A_small_lasting_rise_is_found_by_the_sum_where_no_point_is_beyond_its_lines(ChartKind kind)
    {
        var run = Run(kind).AddMinutes(EventMinutes.Of(60, seed: 21, probability: 0.05)).AddMinutes(EventMinutes.Of(60, seed: 22, probability: 0.1));

        var violation = run.Violations.First(violation => violation.Direction == Direction.Up);
        Assert.Equal(RuleSet.Cusum, violation.FirstRules);
        Assert.InRange(violation.BeganNumber!.Value, 55, 75);
        var point = run.Points.First(point => point.Number == violation.OpenedNumber);
        Assert.True(point.CusumUp > run.Summary.Detection!.Counts!.H);
        Assert.Equal(RuleSet.Cusum, point.Signals.Rules);
    }

    [Fact]
    public void A_fall_is_found_too()
    {
        var run = Run(ChartKind.Proportion).AddMinutes(EventMinutes.Of(60, seed: 23, probability: 0.2)).AddMinutes(EventMinutes.Of(60, seed: 24, probability: 0.12));

        Assert.Contains(run.Violations, violation => violation.Direction == Direction.Down && violation.FirstRules == RuleSet.Cusum);
        Assert.DoesNotContain(run.Violations, violation => violation.Direction == Direction.Up);
    }

    [Fact]
    public void The_budget_is_shared_with_the_lines_and_classic_goes_without_a_sum()
    {
        var good = EventMinutes.Of(30, seed: 25, probability: 0.05);
        var plan = ChartPlan.For(Error, ChartKind.Proportion);
        var (alone, shared) = (new ChartRun(Characteristic.Error, plan).AddMinutes(good), Run(ChartKind.Proportion).AddMinutes(good));
        var classic = new ChartRun(Characteristic.Error, plan with { Rules = Both, Choices = new ChartChoices { Budget = FalseAlarmBudget.Classic } }).AddMinutes(good);

        Assert.Equal(RuleSet.R1, alone.Summary.Detection!.Alerting);
        Assert.Null(alone.Points[^1].CusumUp);
        Assert.Equal(-Normal.InvCDF(0, 1, 0.25 / (7 * 24 * 60)), shared.Summary.Detection!.Parameters.K1, precision: 9);
        Assert.Equal(2 * 7 * 24 * 60, shared.Summary.Detection.Counts!.RunLength, precision: 6);
        Assert.Equal((RuleSet.R1, 3.0), (classic.Summary.Detection!.Alerting, classic.Summary.Detection.Parameters.K1));
        Assert.Null(classic.Summary.Detection.Counts);
    }

    [Fact]
    public void Proportions_that_vary_by_more_than_chance_are_summed_as_standardised_counts()
    {
        var varying = EventMinutes.Of(80, seed: 26, 0, 150, 250, varying: random => 0.1 + (0.2 * random.NextDouble()));
        var run = Run(ChartKind.ProportionPrime).AddMinutes(varying).AddMinutes(EventMinutes.Of(30, seed: 27, 0, 150, 250, varying: random => 0.17 + (0.2 * random.NextDouble())));

        Assert.Null(run.Summary.Detection!.Counts);
        Assert.Equal(0.5, run.Summary.Detection.Cusum!.K);
        Assert.All(run.Points.Where(point => point.Number > 25), point => Assert.NotNull(point.CusumUp));
        Assert.Contains(run.Violations, violation => violation.Direction == Direction.Up && violation.Rules.HasFlag(RuleSet.Cusum));
    }

    [Theory]
    [InlineData(ChartKind.Proportion)]
    [InlineData(ChartKind.ProportionPrime)]
    [InlineData(ChartKind.UnitCount)]
    [InlineData(ChartKind.Count)]
    [InlineData(ChartKind.RatePrime)]
    public void Stopping_after_every_minute_is_neutral(ChartKind kind)
    {
        var minutes = EventMinutes.Of(50, seed: 28, probability: 0.1, fewest: 60, most: kind == ChartKind.UnitCount ? 60 : 90)
            .Concat(EventMinutes.Of(40, seed: 29, probability: 0.17, fewest: 60, most: kind == ChartKind.UnitCount ? 60 : 90)).ToArray();
        var (whole, stopped) = (Run(kind), Run(kind));
        foreach (var minute in minutes)
        {
            whole.AddMinutes([minute]);
            stopped.AddMinutes([minute]).Restart();
        }

        Assert.Equal(whole.Points, stopped.Points);
        Assert.Equal(whole.Changes, stopped.Changes);
        Assert.Contains(whole.Violations, violation => violation.Rules.HasFlag(RuleSet.Cusum));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_sums_of_a_stored_chart_go_on_after_a_restart_and_its_violation_is_explained()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var good = EventMinutes.Of(40, seed: 30, probability: 0.05);
        var worse = EventMinutes.Of(40, seed: 31, probability: 0.1);
        Detection before;
        await using (var host = await MonitoringHost.StartAsync(database, Cancellation))
        {
            var errors = host.Series(Characteristic.Error);
            await host.SendAsync(Samples(errors, 0, good[..1]).Concat(Pushed(host, 1)));
            await host.JudgedAsync(Cancellation);
            await host.Get<ChartControl>().PlanAsync(errors.Id, plan => plan with { Rules = Both }, "ada", Cancellation);
            await host.SendAsync(Samples(errors, 1, good[1..]).Concat(Samples(errors, 40, worse[..3])).Concat(Pushed(host, 43)));
            await host.JudgedAsync(Cancellation);
            before = host.Board.Find(errors.Id)!.Detection!;
        }

        await using var again = await MonitoringHost.StartAsync(database, Cancellation);
        var series = again.Series(Characteristic.Error);
        Assert.Equal(before, again.Board.Find(series.Id)!.Detection);
        await again.SendAsync(Samples(series, 43, worse[3..]).Concat(Pushed(again, 80)));
        await again.JudgedAsync(Cancellation);

        var points = await again.Get<PointHistory>().BetweenAsync(series.Id, 0, long.MaxValue, 200, Cancellation);

        // Another plan without limits begins with the next interval.
        var expected = Run(ChartKind.Proportion).AddMinutes(good[1..]).AddMinutes(worse);
        var compared = Math.Min(points.Count, expected.Points.Count);
        Assert.True(compared > 70);
        Assert.Equal(expected.Points.Take(compared).Select(point => (point.CusumUp, point.CusumDown)), points.Take(compared).Select(point => (point.CusumUp, point.CusumDown)));
        var violation = expected.Violations.First(violation => violation.FirstRules.HasFlag(RuleSet.Cusum));
        var explained = ViolationExplanation.Of(violation, expected.Summary.Baseline, before, points);
        Assert.Equal(2 * 7 * 24 * 60, explained.Rules.First(rule => rule.Rule == RuleSet.Cusum).OnceInPoints!.Value, precision: 6);
    }

    private static ChartRun Run(ChartKind kind) => new(Characteristic.Error, ChartPlan.For(Error, kind) with { Rules = Both });

    private static IEnumerable<Sample> Samples(Series series, int from, IEnumerable<(int Calls, int Events)> minutes) => minutes.SelectMany(
        (minute, i) => Enumerable.Range(0, minute.Calls).Select(call => new Sample(
            series, ChartRun.Begin.AddSeconds(((from + i) * 60) + (call * 59.0 / minute.Calls)), call < minute.Events ? 1 : 0)));

    // A point of another chart, so that the turn is saved at once.
    private static Sample[] Pushed(MonitoringHost host, int minute) =>
        [new Sample(host.Series(Characteristic.Duration), ChartRun.Begin.AddMinutes(minute), 1)];
}
