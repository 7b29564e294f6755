using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Tests.Charts;
using LLMscope.Monitoring.Tests.Storage;
using LLMscope.Monitoring.Violations;
using LLMscope.Tests;
using LLMscope.Tests.Storage;

namespace LLMscope.Monitoring.Tests;

public class SampleMonitorTests
{
    private const string PointColumns = "number, time, value, count, moving_range, phase, starts_segment, baseline_id, centre, lower, upper, signals, downward";
    private const string ViolationColumns = "chart_id, baseline_id, direction, state, severity, rules, first_rules, opened_number, last_signal_number, signal_points, value, extreme, resolved_at, resolved_by";

    private static readonly DateTime Begin = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Samples_become_points_a_baseline_a_violation_and_progress()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var series = host.Series(Characteristic.Duration);

        await host.SendAsync(Ordinary(series, 101).Append(new Sample(series, Begin.AddHours(1), 1e6)));
        await host.JudgedAsync(Cancellation);

        Assert.Equal(["(102,2)"], await database.RowsAsync("SELECT count(*), count(DISTINCT phase) FROM points", Cancellation));
        Assert.Equal(["(1,1,100)"], await database.RowsAsync("SELECT version, first_number, last_number FROM baselines", Cancellation));
        Assert.Equal(["(102,1,2,1000000)"], await database.RowsAsync("SELECT opened_number, direction, severity, value FROM violations", Cancellation));
        Assert.Equal(["(102,102)"], await database.RowsAsync("SELECT archived, judged FROM archiving, judging", Cancellation));
        var chart = host.Board.Find(series.Id)!;
        Assert.Equal((102L, 1, ChartState.OutOfControl), (chart.Last!.Number, chart.OpenViolations.Count, chart.StateAt(new DateTimeOffset(Begin.AddHours(1)))));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_violation_that_lasts_is_written_once_and_ends_with_nine_quiet_points()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var series = host.Series(Characteristic.Duration);
        await host.SendAsync(Ordinary(series, 100));
        await host.SendAsync(Enumerable.Range(0, 300).Select(i => new Sample(series, Begin.AddMinutes(30).AddSeconds(i), 100)));
        await host.SendAsync(Enumerable.Range(0, 30).Select(i => new Sample(series, Begin.AddMinutes(36).AddSeconds(i), i % 2 == 0 ? 0.99 : 1.01)));
        await host.JudgedAsync(Cancellation);

        var critical = await database.RowsAsync($"SELECT state, opened_number, signal_points >= 300, resolved_by FROM violations WHERE severity = 2", Cancellation);

        Assert.Equal([$"(2,101,t,\"{Violation.BackInControl}\")"], critical);
    }

    [Fact(Timeout = 60_000)]
    public async Task Crashes_at_any_moment_change_no_point_and_no_violation()
    {
        var batches = Batches(seed: 71);
        var expected = await RunAsync(batches, crashes: null);

        foreach (var seed in new[] { 1, 2, 3 })
        {
            var crashed = await RunAsync(batches, crashes: new Random(seed));

            Assert.Equal(expected.Samples, crashed.Samples);
            Assert.Equal(expected.Points, crashed.Points);
            Assert.Equal(expected.Violations, crashed.Violations);
            Assert.Equal(expected.Baselines, crashed.Baselines);
        }

        Assert.NotEmpty(expected.Violations);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_judge_that_falls_behind_reads_the_rest_back_from_the_archive()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation, settings: ("LLMscope:Inbox:LargestBacklog", "1000"));
        var series = host.Series("gpu_temperature");

        using (await host.Get<MonitorGate>().EnterAsync(Cancellation))
        {
            for (var i = 0; i < 10; i++)
                await host.SendAsync(Enumerable.Range(0, 600).Select(j => new Sample(series, Begin.AddSeconds((i * 600) + j), j)));
            Assert.InRange(host.Get<CommittedSamples>().Waiting, 0, 1_600);
        }

        await host.JudgedAsync(Cancellation);

        Assert.Equal(["(6000,6000)"], await database.RowsAsync("SELECT count(*), max(number) FROM points", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_subgroup_without_further_samples_becomes_a_point_by_itself()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var clock = new ManualClock();
        await using var host = await MonitoringHost.StartAsync(database, Cancellation, clock);
        var series = host.Series(Characteristic.Error);
        await host.SendAsync([new(series, Begin, 1), new(series, Begin.AddSeconds(1), 0)]);

        while (await database.AskAsync<long>("SELECT count(*) FROM points", Cancellation) == 0)
            clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["(0.5,2)"], await database.RowsAsync("SELECT value, count FROM points", Cancellation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Someone_resolves_a_violation_and_the_next_signal_opens_another()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        await using var host = await MonitoringHost.StartAsync(database, Cancellation);
        var series = host.Series(Characteristic.Duration);
        await host.SendAsync(Ordinary(series, 100).Append(new Sample(series, Begin.AddHours(1), 1e6)));
        await host.JudgedAsync(Cancellation);
        var id = Assert.Single(host.Board.Find(series.Id)!.OpenViolations);
        await host.Get<ViolationBook>().AcknowledgeAsync(id, "Ada", Cancellation);

        var resolved = await host.Get<ViolationResolution>().ResolveAsync(id, "Ada", "a deploy", Cancellation);
        await host.SendAsync([new(series, Begin.AddHours(1).AddSeconds(1), 1e6)]);
        await host.JudgedAsync(Cancellation);

        Assert.Equal((ViolationState.Resolved, "Ada", "a deploy", "Ada"), (resolved!.Violation.State, resolved.Violation.ResolvedBy, resolved.Violation.Cause, resolved.Violation.AcknowledgedBy));
        Assert.Equal(["(101,2)", "(102,0)"], await database.RowsAsync("SELECT opened_number, state FROM violations ORDER BY opened_number", Cancellation));
        Assert.NotEqual(id, Assert.Single(host.Board.Find(series.Id)!.OpenViolations));
    }

    [Fact(Timeout = 60_000)]
    public async Task While_nothing_happens_nothing_is_written()
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var clock = new ManualClock();
        await using var host = await MonitoringHost.StartAsync(database, Cancellation, clock);
        var series = host.Series("gpu_power");
        await host.SendAsync([new(series, Begin, 1)]);
        await host.JudgedAsync(Cancellation);
        var before = await database.AskAsync<long>("SELECT turn FROM judging", Cancellation);

        for (var second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            using (await host.Get<MonitorGate>().EnterAsync(Cancellation))
                await Task.Yield();
        }

        Assert.Equal(before, await database.AskAsync<long>("SELECT turn FROM judging", Cancellation));
    }

    private static IEnumerable<Sample> Ordinary(Series series, int count) =>
        Values.LogNormal(count, seed: 70, sigma: 0.1).Select((value, i) => new Sample(series, Begin.AddSeconds(i * 10), value));

    // Three series in small batches: a latency that shifts, errors in subgroups, a recorded temperature.
    private static List<(string Characteristic, double Second, double Value)[]> Batches(int seed)
    {
        var random = new Random(seed);
        var all = new List<(string, double, double)>();
        for (var i = 0; i < 2_500; i++)
        {
            var second = i * 0.8;
            var level = i / 300 % 2 == 0 ? 1 : 1.4;
            all.Add((Characteristic.Duration, second, level * Math.Exp((random.NextDouble() - 0.5) / 3)));
            all.Add((Characteristic.Error, second, random.NextDouble() < (i > 2_200 ? 0.4 : 0.01) ? 1 : 0));
            if (i % 10 == 0)
                all.Add(("gpu_temperature", second, 60 + random.NextDouble()));
        }

        return [.. all.Chunk(100)];
    }

    private static async Task<(string[] Samples, string[] Points, string[] Violations, string[] Baselines)> RunAsync(
        List<(string Characteristic, double Second, double Value)[]> batches, Random? crashes)
    {
        await using var database = await MonitoringHost.CreateDatabaseAsync(Cancellation);
        var host = await MonitoringHost.StartAsync(database, Cancellation);
        try
        {
            for (var i = 0; i < batches.Count;)
            {
                var crash = crashes?.Next(6) == 0;
                var sent = Send(host, batches[i], i);
                if (crash)
                {
                    // Somewhere between the inbox and the last commit.
                    for (var spin = crashes!.Next(40); spin > 0; spin--)
                        await Task.Yield();
                    await host.CrashAsync();
                    host = await MonitoringHost.StartAsync(database, Cancellation);
                }

                if (await AcknowledgedAsync(sent))
                    i++;
            }

            await host.JudgedAsync(Cancellation);
        }
        finally
        {
            await host.DisposeAsync();
        }

        return (
            await database.RowsAsync("SELECT series_id, time, value, standing FROM samples ORDER BY series_id, time", Cancellation),
            await database.RowsAsync($"SELECT chart_id, {PointColumns} FROM points ORDER BY chart_id, number", Cancellation),
            await database.RowsAsync($"SELECT {ViolationColumns} FROM violations ORDER BY chart_id, opened_number, direction", Cancellation),
            await database.RowsAsync("SELECT chart_id, version, first_number, last_number, centre, sigma FROM baselines ORDER BY chart_id, version", Cancellation));
    }

    private static Task<BatchReceipt> Send(MonitoringHost host, (string Characteristic, double Second, double Value)[] batch, int number) => host.SendAsync(
        batch.Select(item => new Sample(host.Series(item.Characteristic), Begin.AddSeconds(item.Second), item.Value)),
        [.. batch.Select((_, i) => ItemKeys.Of("sample", $"{number}-{i}"))]);

    private static async Task<bool> AcknowledgedAsync(Task<BatchReceipt> sent)
    {
        try
        {
            var receipt = await sent;
            return receipt.Accepted + receipt.Duplicates > 0;
        }
        catch (Exception lost) when (lost is OperationCanceledException or Npgsql.NpgsqlException or ObjectDisposedException)
        {
            return false; // Not acknowledged: it is sent again, whether it was stored or not.
        }
    }
}
