using System.Globalization;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Violations;
using LLMscope.Spc.Rules;
using LLMscope.Tests.Crashes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LLMscope.Service.Tests.Crashes;

public class KillTests
{
    private const int SampleClients = 4;
    private const int CallClients = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Kills in one run: one, or as many as LLMSCOPE_KILLS says.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("LLMSCOPE_KILLS"), out var kills) ? kills : 1;

    [Fact]
    public async Task After_kill_9_every_acknowledged_sample_and_call_is_there_once_and_every_violation_too()
    {
        var folder = Directory.CreateDirectory($"/tmp/llmscope-kill-{Guid.NewGuid():N}").FullName;
        try
        {
            var (random, duplicates) = (new Random(), 0L);
            var begin = TimeProvider.System.GetUtcNow().AddMinutes(-50); // Older ones would be history.
            (SampleClient[] Samples, CallClient[] Calls) load;
            LoadClient[] clients;
            await using (var service = new ServiceProcess(typeof(Program).Assembly.Location, folder))
            {
                await service.StartAsync(Cancellation);
                load = (
                    [.. Enumerable.Range(0, SampleClients).Select(i => new SampleClient(service.Client, $"model-{i}", begin))],
                    [.. Enumerable.Range(0, CallClients).Select(i => new CallClient(service.Client, $"called-{i}", begin))]);
                clients = [.. load.Samples, .. load.Calls];
                for (var kill = 0; kill < Kills; kill++)
                {
                    await KillUnderLoadAsync(service, clients, afterBatches: random.Next(20, 120));
                    await service.StartAsync(Cancellation);
                    foreach (var client in clients)
                        Assert.True(await client.TrySendAsync(Cancellation));
                    duplicates += await DuplicatesAsync(service.Client);
                }
            }

            using var data = DataFolder.Open(folder);
            await using var postgres = await PrivatePostgres.StartAsync(data, new(), TimeProvider.System, NullLogger.Instance, Cancellation);
            await using var database = Database.Open(postgres.ConnectionString);
            foreach (var client in load.Samples)
                await CompareSamplesAsync(database, client);
            foreach (var client in load.Calls)
                await CompareCallsAsync(database, client);

            Assert.True(load.Samples.Sum(client => client.Acknowledged.Count) > 20 * Kills);
            Assert.True(load.Calls.Sum(client => client.Acknowledged.Count) > 20 * Kills);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{Kills} kills: {load.Samples.Sum(client => client.Acknowledged.Count)} samples and {load.Calls.Sum(client => client.Acknowledged.Count)} calls acknowledged and there once; "
                + $"{clients.Sum(client => client.Resent)} batches sent again, {duplicates} items of them were stored before.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task KillUnderLoadAsync(ServiceProcess service, LoadClient[] clients, int afterBatches)
    {
        var answered = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = clients.Select(client => client.SendAsync(
            () =>
            {
                if (Interlocked.Increment(ref answered) == afterBatches)
                    enough.SetResult();
            },
            Cancellation)).ToArray();

        await await Task.WhenAny(enough.Task, Task.WhenAll(sending));
        await service.KillAsync();
        await Task.WhenAll(sending);
    }

    // Since it was started: items that a process before it had stored without having answered.
    private static async Task<long> DuplicatesAsync(HttpClient service)
    {
        var page = await service.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        return page.Split('\n').Where(line => line.StartsWith("llmscope_items_duplicate_total", StringComparison.Ordinal)).Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    private static async Task CompareSamplesAsync(NpgsqlDataSource database, SampleClient client)
    {
        var chart = await SeriesAsync(database, client);

        // Every sample once, each as it was sent, none late.
        var stored = new List<double>();
        await foreach (var row in RowsAsync(database, $"SELECT time, value, standing FROM samples WHERE series_id = {chart} ORDER BY time"))
        {
            Assert.Equal((client.TimeOf(stored.Count), (short)0), (Microseconds(row.GetDateTime(0), client.TimeOf(stored.Count)), row.GetInt16(2)));
            stored.Add(row.GetDouble(1));
        }

        Assert.Equal(client.Acknowledged, stored);
        await CompareJudgedAsync(database, chart, client.Acknowledged);
    }

    private static async Task CompareCallsAsync(NpgsqlDataSource database, CallClient client)
    {
        Call[] sent = [.. Enumerable.Range(0, client.Acknowledged.Count).Select(client.CallOf)];

        // Every call once and as it was sent.
        var stored = new List<Call>();
        await foreach (var row in RowsAsync(
            database, $"SELECT c.time, duration, output_tokens, status, trace_id FROM calls c JOIN sources o ON o.id = c.source_id WHERE model = '{client.Model}' ORDER BY c.time, c.id"))
        {
            var time = Microseconds(row.GetDateTime(0), client.TimeOf(stored.Count));
            stored.Add(new Call(
                new Source(Model: client.Model), time, row.GetDouble(1), OutputTokens: row.GetInt32(2), Status: (CallStatus)row.GetInt16(3), TraceId: row.GetString(4)));
        }

        Assert.Equal(sent, stored);

        // With the samples that it yields, each once, and they know their call by its trace.
        var samples = new List<string>();
        await foreach (var row in RowsAsync(
            database,
            $"""
            SELECT c.trace_id, s.characteristic, x.value, x.standing FROM samples x JOIN series s ON s.id = x.series_id JOIN sources o ON o.id = s.source_id
            LEFT JOIN calls c ON c.id = x.call_id WHERE o.model = '{client.Model}'
            """))
            samples.Add($"{row.GetString(0)} {row.GetString(1)} {row.GetDouble(2):R} {(Standing)row.GetInt16(3)}");

        Assert.Equal(
            sent.SelectMany(call => CallSamples.Of(call).Select(told => $"{call.TraceId} {told.Characteristic} {told.Value:R} {CallSamples.StandingOf(call, told.Characteristic)}")).Order(),
            samples.Order());

        // And with its key, by which it is known when it comes again.
        var keys = new List<Guid>();
        await foreach (var row in RowsAsync(database, "SELECT key FROM item_keys"))
            keys.Add(row.GetGuid(0));

        Guid[] expected = [.. Enumerable.Range(0, sent.Length).Select(client.KeyOf)];
        Assert.Equal(expected.Order(), keys.Where(expected.ToHashSet().Contains).Order());

        await CompareJudgedAsync(database, await SeriesAsync(database, client), [.. sent.Where(call => call.Status == CallStatus.Ok).Select(call => call.Duration!.Value)]);
    }

    private static async Task CompareJudgedAsync(NpgsqlDataSource database, int chart, IReadOnlyList<double> values)
    {
        // What is judged by now is judged as if nothing had happened. The stop may have come before the last samples were.
        var points = await new PointHistory(database).BetweenAsync(chart, 0, long.MaxValue, int.MaxValue, Cancellation);
        Assert.Equal(Enumerable.Range(1, points.Count).Select(number => (long)number), points.Select(point => point.Number));
        var singles = points.TakeWhile(point => point.Count == 1).ToArray();
        Assert.Equal(values.Take(singles.Length), singles.Select(point => point.Value));

        var baselines = await new BaselineBook(database).ListAsync(chart, Cancellation);
        Assert.Equal(Enumerable.Range(1, baselines.Count), baselines.Select(baseline => baseline.Version));
        var expected = new List<string>();
        foreach (var baseline in baselines)
            expected.AddRange(Rejudge(chart, baseline, [.. points.Where(point => point.BaselineId == baseline.Id)]));

        var recorded = new List<string>();
        await foreach (var row in RowsAsync(database, $"SELECT direction, opened_number, last_signal_number, rules FROM violations WHERE chart_id = {chart}"))
            recorded.Add($"{(Spc.Direction)row.GetInt16(0)} {row.GetInt64(1)}-{row.GetInt64(2)} {(RuleSet)row.GetInt16(3)}");

        Assert.Equal(expected.Order(), recorded.Order());
    }

    private static IEnumerable<string> Rejudge(int chart, Baseline baseline, ChartPoint[] points)
    {
        var detection = IndividualsKind.Instance.Detect(ChartPlan.For(Characteristic.Find(Characteristic.Duration)!), baseline);
        var (judge, episodes, changes) = (IndividualsKind.Instance.JudgeBy(baseline, detection), new Episodes(chart), new List<ViolationChange>());
        foreach (var point in points)
        {
            if (point.StartsSegment)
                judge.Break();

            Assert.Equal(judge.Judge(point).Signals, point.Signals);
            episodes.Observe(
                new JudgedPoint(point.Number, point.Time, point.Value, baseline.Id, point.Centre!.Value, point.Lower!.Value, point.Upper!.Value, point.Signals, detection.Alerting, null, Matters: true),
                changes);
        }

        return changes.Where(change => change.Kind == ChangeKind.Opened)
            .Select(change => $"{change.Violation.Direction} {change.Violation.OpenedNumber}-{change.Violation.LastSignalNumber} {change.Violation.Rules}");
    }

    // Times are stored in whole microseconds.
    private static DateTime Microseconds(DateTime stored, DateTime sent) => (sent - stored).Duration() < TimeSpan.FromMicroseconds(1) ? sent : stored;

    /// <summary>The durations of a client, which are the chart of the same number.</summary>
    private static async Task<int> SeriesAsync(NpgsqlDataSource database, LoadClient client)
    {
        await using var command = database.CreateCommand(
            $"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{client.Model}' AND s.characteristic = '{Characteristic.Duration}'");
        return (int)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            yield return reader;
    }
}
