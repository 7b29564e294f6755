using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc;
using LLMscope.Spc.Rules;
using LLMscope.Spc.RunLengths;
using LLMscope.Tests;
using LLMscope.Tests.Storage;

namespace LLMscope.Monitoring.Tests.Charts;

public class ChartKindsTests
{
    private static readonly Characteristic Duration = Characteristic.Find(Characteristic.Duration)!;
    private static readonly Characteristic Error = Characteristic.Find(Characteristic.Error)!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_kind_suits_some_characteristic_with_its_usual_plan()
    {
        foreach (var kind in Enum.GetValues<ChartKind>())
        {
            var suited = new[] { Duration, Error, Characteristic.Joint("duration+cost") }.Where(characteristic => ChartPlan.KindsFor(characteristic).Contains(kind)).ToArray();

            Assert.NotEmpty(suited);
            Assert.All(suited, characteristic => Assert.Null(ChartKinds.Refusal(ChartPlan.For(characteristic, kind), characteristic)));
        }
    }

    [Theory]
    [InlineData(ChartKind.Proportion)]
    [InlineData(ChartKind.ProportionPrime)]
    [InlineData(ChartKind.UnitCount)]
    [InlineData(ChartKind.Count)]
    [InlineData(ChartKind.Rate)]
    [InlineData(ChartKind.RatePrime)]
    [InlineData(ChartKind.TimeBetween)]
    [InlineData(ChartKind.UnitsBetween)]
    public void What_is_measured_cannot_be_counted(ChartKind kind) =>
        Assert.Contains("is measured", ChartKinds.Refusal(ChartPlan.For(Error, kind), Duration), StringComparison.Ordinal);

    [Theory]
    [InlineData(ChartKind.SubgroupMeansS)]
    [InlineData(ChartKind.SubgroupMeansR)]
    public void What_is_counted_has_no_spread_within(ChartKind kind) =>
        Assert.Contains("happens or not", ChartKinds.Refusal(ChartPlan.For(Duration, kind), Error), StringComparison.Ordinal);

    [Fact]
    public void The_interval_of_a_point_fits_its_kind()
    {
        Assert.NotNull(ChartKinds.Refusal(ChartPlan.For(Error, ChartKind.Rate) with { Subgroup = TimeSpan.Zero }, Error));
        Assert.NotNull(ChartKinds.Refusal(ChartPlan.For(Error, ChartKind.TimeBetween) with { Subgroup = TimeSpan.FromMinutes(1) }, Error));
        Assert.NotNull(ChartKinds.Refusal(ChartPlan.For(Error, ChartKind.Individuals) with { Subgroup = TimeSpan.Zero }, Error));
        Assert.Null(ChartKinds.Refusal(ChartPlan.For(Duration, ChartKind.Individuals), Duration));
    }

    [Fact]
    public void Points_have_the_unit_of_what_they_are()
    {
        Assert.Equal("{event}", ChartKinds.UnitOf(ChartKind.Count, Error).Symbol);
        Assert.Equal("s", ChartKinds.UnitOf(ChartKind.TimeBetween, Error).Symbol);
        Assert.Equal("1", ChartKinds.UnitOf(ChartKind.Rate, Error).Symbol);
        Assert.Equal("s", ChartKinds.UnitOf(ChartKind.Record, Duration).Symbol);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_chart_changes_to_a_kind_that_suits_it_and_refuses_others()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var (errors, control) = (host.Series(Characteristic.Error), host.Get<ChartControl>());
        await host.SendAsync(Errors(errors, minutes: 3));
        await host.JudgedAsync(Cancellation);

        var refused = await control.PlanAsync(errors.Id, plan => plan with { Kind = ChartKind.SubgroupMeansS }, "ada", Cancellation);
        var changed = await control.PlanAsync(errors.Id, plan => plan with { Kind = ChartKind.TimeBetween }, "ada", Cancellation);

        Assert.Contains("for measured values", refused.Problem, StringComparison.Ordinal);
        Assert.Equal(ChartKind.Proportion, refused.Chart!.Plan.Kind);
        Assert.Null(changed.Problem);
        Assert.Equal(ChartPlan.For(Error, ChartKind.TimeBetween), changed.Chart!.Plan);
    }

    [Fact(Timeout = 60_000)]
    public async Task Limits_are_never_estimated_from_points_of_another_kind()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var (errors, control) = (host.Series(Characteristic.Error), host.Get<ChartControl>());
        await host.SendAsync(Errors(errors, minutes: 40));
        await host.JudgedAsync(Cancellation);
        await control.PlanAsync(errors.Id, plan => plan with { Kind = ChartKind.Count }, "ada", Cancellation);

        var answer = await control.RebaselineAsync(errors.Id, ChartRun.Begin, ChartRun.Begin.AddHours(1), "ada", "all that there is", Cancellation);

        Assert.Equal("There are 0 points, and limits need 500.", answer.Problem);
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_kind_comes_back_from_the_database_as_it_was()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var charts = new[] { Characteristic.Duration, Characteristic.Error }
            .SelectMany(name => ChartPlan.KindsFor(Characteristic.Find(name)!).Select(kind => (Name: name, Kind: kind, Model: $"{name} {kind}"))).ToArray();
        Dictionary<string, ChartSummary> before;
        await using (var host = await MonitoringHost.StartAsync(database, Cancellation))
        {
            foreach (var (name, kind, model) in charts)
            {
                var series = host.Series(name, model);
                await host.SendAsync([new Sample(series, ChartRun.Begin.AddMinutes(-1), 0.5)]);
                await host.JudgedAsync(Cancellation);
                Assert.Null((await host.Get<ChartControl>().PlanAsync(series.Id, plan => ChartPlan.For(series.Characteristic, kind), "ada", Cancellation)).Problem);
                await host.SendAsync(name == Characteristic.Error ? Errors(series, minutes: 120) : Durations(series, minutes: 40));
            }

            await host.JudgedAsync(Cancellation);
            before = charts.ToDictionary(chart => chart.Model, chart => host.Board.FindBySeries(host.Series(chart.Name, chart.Model).Id)!);
        }

        await using var again = await MonitoringHost.StartAsync(database, Cancellation);
        foreach (var (name, kind, model) in charts)
        {
            var series = again.Series(name, model);
            var (was, now) = (before[model], again.Board.FindBySeries(series.Id)!);

            Assert.Equal((kind, kind == ChartKind.Record ? null : kind), (now.Plan.Kind, now.Baseline?.Kind));
            Assert.Equal(was.Plan, now.Plan);
            Assert.Equal(was.Last, now.Last);
            Assert.Equal(was.Detection, now.Detection);
            Assert.Equal(
                (was.Baseline?.Estimate.Centre, was.Baseline?.Estimate.Sigma, was.Baseline?.Estimate.Dispersion, was.Baseline?.Estimate.TimeBetween, was.Baseline?.Hash),
                (now.Baseline?.Estimate.Centre, now.Baseline?.Estimate.Sigma, now.Baseline?.Estimate.Dispersion, now.Baseline?.Estimate.TimeBetween, now.Baseline?.Hash));
            Assert.True(kind == ChartKind.Record || now.Last!.Phase == PointPhase.Judged, model);
        }

        await TheUnitOfAViolationIsThatOfItsKind(again, again.Series(Characteristic.Error, $"{Characteristic.Error} {ChartKind.TimeBetween}"));
    }

    private static async Task TheUnitOfAViolationIsThatOfItsKind(MonitoringHost host, Series series)
    {
        var at = host.Board.FindBySeries(series.Id)!.LatestSample!.Value.AddMinutes(1);
        await host.SendAsync(Enumerable.Range(0, 30).Select(i => new Sample(series, at.AddMilliseconds(i), 1)));
        await host.JudgedAsync(Cancellation);
        await host.Get<ChartControl>().PlanAsync(series.Id, plan => plan with { Kind = ChartKind.Proportion }, "ada", Cancellation);

        var found = new List<RecordedViolation>();
        await foreach (var violation in host.Get<ViolationBook>().ListAsync(new ViolationFilter { ChartId = series.Id }, null, Cancellation))
            found.Add(violation);

        Assert.Contains(found, violation => violation.Violation.Direction == Direction.Down && violation.Violation.ResolvedBy == Violation.NewBaseline);
        Assert.All(found, violation => Assert.Equal((ChartKind.TimeBetween, "s"), (violation.Kind, violation.Unit.Symbol)));
    }

    // Sixty calls a minute, so that an np chart has limits.
    private static IEnumerable<Sample> Errors(Series series, int minutes)
    {
        var random = new Random(81);
        return Enumerable.Range(0, minutes * 60).Select(i => new Sample(series, ChartRun.Begin.AddSeconds(i), random.NextDouble() < 0.1 ? 1 : 0));
    }

    private static IEnumerable<Sample> Durations(Series series, int minutes) =>
        Values.LogNormal(minutes * 8, seed: 82).Select((value, i) => new Sample(series, ChartRun.Begin.AddSeconds(i * 7.5), value));
}
