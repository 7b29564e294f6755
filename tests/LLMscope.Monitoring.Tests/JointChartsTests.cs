using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Tests.Storage;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;

namespace LLMscope.Monitoring.Tests;

public class JointChartsTests
{
    private const string PointColumns = "number, time, value, count, phase, starts_segment, baseline_id, centre, lower, upper, signals, vector, averages, contributions, deviations";

    private static readonly string[] Members = [Characteristic.Duration, Characteristic.TimeToFirstToken, Characteristic.TokensPerSecond];
    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("hotellingT2", RuleSet.R1)]
    [InlineData("mewma", RuleSet.Ewma)]
    public async Task Members_that_no_longer_go_together_open_a_violation_that_says_so(string kind, RuleSet rule)
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        await database.AskAsync<int>(
            "INSERT INTO receivers (id, name, kind, settings, enabled, created_at, updated_at) VALUES (gen_random_uuid(), 'somebody', 'webhook', '{\"url\":\"http://127.0.0.1:9\"}', true, now(), now()) RETURNING 1",
            Cancellation);
        var chart = await BeginAsync(host, new JointDraft(Members) { Kind = kind });

        // Longer calls with a faster start: each for itself is ordinary.
        await host.SendAsync(Minutes(host, 1, 120).Concat(Minutes(host, 121, 150, apart: 0.25)));
        await host.JudgedAsync(Cancellation);

        chart = host.Board.Find(chart.Id)!;
        Assert.Equal((100, 3), (chart.Baseline!.Estimate.Count + chart.Baseline.Estimate.Excluded.Count, chart.Baseline.Estimate.Joint!.Mean.Count));
        Assert.NotEmpty(chart.Baseline.Hash);
        Assert.Equal(["(100,100,100)"], await database.RowsAsync(
            $"SELECT count(*), count(*) FILTER (WHERE value = 'NaN'), count(vector) FROM points WHERE chart_id = {chart.Id} AND phase = 0", Cancellation));
        var violations = await host.Get<ViolationBook>().ListAsync(new ViolationFilter(ChartId: chart.Id), 10, Cancellation).ToListAsync(Cancellation);
        var violation = Assert.Single(violations).Violation;
        Assert.InRange(violation.OpenedNumber, 121, 135);
        Assert.Equal(rule, violation.FirstRules);
        Assert.Equal((0.0, chart.Detection!.Joint!.Limit), (violation.Lower, violation.Upper));

        var points = await host.Get<PointHistory>().BetweenAsync(chart.Id, 0, violation.OpenedNumber, 200, Cancellation);
        var explained = ViolationExplanation.Of(violation, chart.Baseline, chart.Detection, points);
        Assert.Contains("T2", Assert.Single(explained.Rules).Title, StringComparison.Ordinal);
        Assert.Matches(@"^(duration|time to first token) [+-]\d.*tokens per second", explained.Parts);
        Assert.Equal(10_080, explained.Rules[0].OnceInPoints!.Value, tolerance: 1);
        Assert.Equal(["(t,t)"], await database.RowsAsync(
            $"SELECT notice::text LIKE '%{explained.Parts}%', notice::text LIKE '%beyond its limit%' FROM notifications n JOIN violations v ON v.id = n.violation_id WHERE v.chart_id = {chart.Id}", Cancellation));
    }

    [Theory(Timeout = 300_000)]
    [InlineData("hotellingT2")]
    [InlineData("mewma")]
    public async Task Crashes_at_any_moment_change_no_point_and_no_violation(string kind)
    {
        var expected = await RunAsync(kind, crashes: null);

        foreach (var seed in new[] { 1, 2 })
        {
            var crashed = await RunAsync(kind, crashes: new Random(seed));

            Assert.Equal(expected.Points, crashed.Points);
            Assert.Equal(expected.Violations, crashed.Violations);
        }

        Assert.NotEmpty(expected.Violations);
        Assert.InRange(expected.Points.Count, 150, 170);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_interval_in_which_a_member_is_missing_is_no_point_and_members_may_be_behind_each_other()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var chart = await BeginAsync(host, new JointDraft([Characteristic.Duration, Characteristic.TimeToFirstToken]));
        var (duration, first) = (host.Series(Characteristic.Duration), host.Series(Characteristic.TimeToFirstToken));

        await host.SendAsync(Enumerable.Range(1, 9).Select(minute => new Sample(duration, Begin.AddMinutes(minute), minute)));
        await host.SendAsync(new[] { 1, 2, 4, 5, 9 }.Select(minute => new Sample(first, Begin.AddMinutes(minute), 0.5)));
        await host.JudgedAsync(Cancellation);

        // The ninth is still open; the third and those after the fifth lack a member.
        Assert.Equal(["(09:02:00)", "(09:03:00)", "(09:05:00)", "(09:06:00)"], (await database.RowsAsync(
            $"SELECT (time AT TIME ZONE 'UTC' + interval '1 hour')::time FROM points WHERE chart_id = {chart.Id} ORDER BY number", Cancellation)).Select(row => row.StartsWith('(') ? row : $"({row})"));
        Assert.Equal("1 2 3 4", string.Join(' ', (await host.Get<PointHistory>().BetweenAsync(chart.Id, 0, 9, 9, Cancellation)).Select(point => point.Number)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_joint_chart_is_removed_alone_and_can_begin_again_after_a_restart()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using (var host = await MonitoringHost.StartAsync(database, Cancellation))
        {
            var chart = await BeginAsync(host, new JointDraft(Members));
            await host.SendAsync(Minutes(host, 1, 20));
            await host.JudgedAsync(Cancellation);
            Assert.NotNull((await host.Get<JointCharts>().BeginAsync(chart.Id - 1, new JointDraft(Members), Cancellation)).Conflict);

            Assert.True(await host.Get<JointCharts>().RemoveAsync(chart.Id, Cancellation));
            Assert.False(await host.Get<JointCharts>().RemoveAsync(host.Series(Characteristic.Duration).Id, Cancellation));
            await host.SendAsync(Minutes(host, 21, 30));
            await host.JudgedAsync(Cancellation);
            Assert.Equal(["(0)"], await database.RowsAsync($"SELECT count(*) FROM points WHERE chart_id = {chart.Id}", Cancellation));
        }

        await using var again = await MonitoringHost.StartAsync(database, Cancellation);
        Assert.Equal(3, again.Board.Count);
        var begun = await BeginAsync(again, new JointDraft(Members), sends: false);
        Assert.Equal("Together: duration, time to first token, tokens per second", begun.Series.Characteristic.Title);
        Assert.Equal(ChartState.Empty, begun.StateAt(new DateTimeOffset(Begin)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_plan_estimates_anew_and_a_new_baseline_can_be_frozen_of_stored_vectors()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var id = (await BeginAsync(host, new JointDraft(Members) { Lambda = 0.2 })).Id;
        await host.SendAsync(Minutes(host, 1, 240));
        await host.JudgedAsync(Cancellation);
        var control = host.Get<ChartControl>();

        var quiet = await control.PlanAsync(id, plan => plan with { Choices = plan.Choices with { Budget = Spc.RunLengths.FalseAlarmBudget.Quiet } }, "me", Cancellation);
        Assert.True(quiet.Chart!.Detection!.Joint!.Limit > 20);
        Assert.Equal(1, quiet.Chart.Baseline!.Version);

        var frozen = await control.RebaselineAsync(id, Begin, Begin.AddMinutes(230), "me", "more points", Cancellation);
        Assert.Null(frozen.Problem);
        Assert.InRange(frozen.Chart!.Baseline!.Estimate.Count, 215, 230);
        Assert.True(frozen.Chart.Detection!.Joint!.Limit < quiet.Chart.Detection.Joint.Limit);

        var mewma = await control.PlanAsync(id, plan => plan with { Kind = ChartKind.Mewma }, "me", Cancellation);
        Assert.Null(mewma.Problem);
        Assert.Equal((null, 0.2), (mewma.Chart!.Baseline, mewma.Chart.Plan.Choices.Joint!.Lambda));
        Assert.NotNull((await control.PlanAsync(id, plan => plan with { Kind = ChartKind.Individuals }, "me", Cancellation)).Problem);
    }

    private static async Task<ChartSummary> BeginAsync(MonitoringHost host, JointDraft draft, bool sends = true)
    {
        if (sends)
        {
            await host.SendAsync(Minutes(host, 0, 0));
            await host.JudgedAsync(Cancellation);
        }

        var answer = await host.Get<JointCharts>().BeginAsync(host.Series(Characteristic.Duration).Id, draft, Cancellation);
        Assert.Empty(answer.Problems);
        Assert.Null(answer.Conflict);
        return answer.Chart!;
    }

    private static async Task<(IReadOnlyList<string> Points, IReadOnlyList<string> Violations)> RunAsync(string kind, Random? crashes)
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var host = await MonitoringHost.StartAsync(database, Cancellation);
        try
        {
            var id = (await BeginAsync(host, new JointDraft(Members) { Kind = kind })).Id;
            for (var minute = 1; minute < 165; minute += 5)
            {
                await host.SendAsync(Minutes(host, minute, minute + 4, apart: minute > 130 ? 0.3 : 0));
                if (crashes?.Next(6) == 0)
                {
                    await host.CrashAsync();
                    host = await MonitoringHost.StartAsync(database, Cancellation);
                }
            }

            await host.JudgedAsync(Cancellation);
            return (await database.RowsAsync($"SELECT {PointColumns} FROM points WHERE chart_id = {id} ORDER BY number", Cancellation),
                await database.RowsAsync($"SELECT chart_id, baseline_id, direction, state, rules, opened_number, last_signal_number, signal_points, value, extreme FROM violations WHERE chart_id = {id} ORDER BY opened_number", Cancellation));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    // Two calls a minute whose durations and first tokens go together, both log-normal.
    private static IEnumerable<Sample> Minutes(MonitoringHost host, int from, int to, double apart = 0)
    {
        var (duration, first, speed) = (host.Series(Members[0]), host.Series(Members[1]), host.Series(Members[2]));
        for (var minute = from; minute <= to; minute++)
        {
            var random = new Random(minute);
            for (var call = 0; call < 2; call++)
            {
                var time = Begin.AddMinutes(minute).AddSeconds(25 * call);
                var common = 0.3 * Normal(random);
                yield return new Sample(duration, time, Math.Exp(common + (0.05 * Normal(random)) + apart));
                yield return new Sample(first, time, 0.3 * Math.Exp(common + (0.05 * Normal(random)) - apart));
                yield return new Sample(speed, time, 40 * Math.Exp(0.1 * Normal(random)));
            }
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
