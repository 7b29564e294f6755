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
    private const int Clients = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Kills in one run: one, or as many as LLMSCOPE_KILLS says.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("LLMSCOPE_KILLS"), out var kills) ? kills : 1;

    [Fact]
    public async Task After_kill_9_every_acknowledged_sample_is_there_once_and_every_violation_too()
    {
        var folder = Directory.CreateDirectory($"/tmp/llmscope-kill-{Guid.NewGuid():N}").FullName;
        try
        {
            var random = new Random();
            var begin = TimeProvider.System.GetUtcNow().AddMinutes(-50); // Older ones would be history.
            LoadClient[] clients;
            await using (var service = new ServiceProcess(typeof(Program).Assembly.Location, folder))
            {
                await service.StartAsync(Cancellation);
                clients = [.. Enumerable.Range(0, Clients).Select(i => new LoadClient(service.Client, $"model-{i}", begin))];
                for (var kill = 0; kill < Kills; kill++)
                {
                    await KillUnderLoadAsync(service, clients, afterBatches: random.Next(20, 120));
                    await service.StartAsync(Cancellation);
                }

                foreach (var client in clients)
                    Assert.True(await client.TrySendAsync(Cancellation));
            }

            using var data = DataFolder.Open(folder);
            await using var postgres = await PrivatePostgres.StartAsync(data, new(), TimeProvider.System, NullLogger.Instance, Cancellation);
            await using var database = Database.Open(postgres.ConnectionString);
            foreach (var client in clients)
                await CompareAsync(database, client);

            Assert.True(clients.Sum(client => client.Acknowledged.Count) > 20 * Kills);
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

    private static async Task CompareAsync(NpgsqlDataSource database, LoadClient client)
    {
        var chart = (int)(await AskAsync(database, $"SELECT s.id FROM series s JOIN sources o ON o.id = s.source_id WHERE o.model = '{client.Model}'"))!;

        // Every sample once, each as it was sent, none late.
        await using (var samples = database.CreateCommand($"SELECT time, value, standing FROM samples WHERE series_id = {chart} ORDER BY time"))
        await using (var reader = await samples.ExecuteReaderAsync(Cancellation))
        {
            var stored = new List<double>();
            while (await reader.ReadAsync(Cancellation))
            {
                Assert.Equal((client.TimeOf(stored.Count), (short)0), (Microseconds(reader.GetDateTime(0), client.TimeOf(stored.Count)), reader.GetInt16(2)));
                stored.Add(reader.GetDouble(1));
            }

            Assert.Equal(client.Acknowledged, stored);
        }

        // What is judged by now is judged as if nothing had happened. The stop may have come before the last samples were.
        var points = await new PointHistory(database).BetweenAsync(chart, 0, long.MaxValue, int.MaxValue, Cancellation);
        Assert.Equal(Enumerable.Range(1, points.Count).Select(number => (long)number), points.Select(point => point.Number));
        var singles = points.TakeWhile(point => point.Count == 1).ToArray();
        Assert.Equal(client.Acknowledged.Take(singles.Length), singles.Select(point => point.Value));

        var baselines = await new BaselineBook(database).ListAsync(chart, Cancellation);
        Assert.Equal(Enumerable.Range(1, baselines.Count), baselines.Select(baseline => baseline.Version));
        var expected = new List<string>();
        foreach (var baseline in baselines)
            expected.AddRange(Rejudge(chart, baseline, [.. points.Where(point => point.BaselineId == baseline.Id)]));

        var recorded = new List<string>();
        await using var violations = database.CreateCommand($"SELECT direction, opened_number, last_signal_number, rules FROM violations WHERE chart_id = {chart}");
        await using var row = await violations.ExecuteReaderAsync(Cancellation);
        while (await row.ReadAsync(Cancellation))
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

    private static async Task<object?> AskAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
