using System.Diagnostics;
using System.Globalization;

namespace LLMscope.Benchmarks.Load;

/// <summary>
/// What happens beyond the limits: three times the sustainable load for a minute, then PostgreSQL killed and gone for half a minute under load. Each time
/// it counts what was answered, what the service's memory did, how soon it recovered, and whether what was acknowledged is there once.
/// </summary>
internal static class OverloadLoad
{
    private const int SeriesCount = 1_000;
    private const int SamplesABody = 2_000;

    // Enough that waiting for answers never holds back the load.
    private const int Connections = 256;

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Overload = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    /// <param name="only">"outage" leaves out the overload.</param>
    public static async Task RunAsync(string? only, CancellationToken cancellation)
    {
        await using var contender = await LLMscopeContender.StartAsync(LoadFormat.Ndjson, cancellation);
        var clients = Enumerable.Range(0, Connections).Select(i => contender.Connect([.. Enumerable.Range(0, SeriesCount).Where(series => series % Connections == i)], SamplesABody, seed: i)).ToArray();

        // The first seconds make series and baselines.
        await OfferAsync(clients[..4], double.PositiveInfinity, Probe, cancellation);
        var sustainable = (await OfferAsync(clients[..4], double.PositiveInfinity, Probe, cancellation)).Acknowledged / Probe.TotalSeconds;
        Print($"sustainable: {sustainable:N0} samples/s");
        if (only is null)
            await OverloadAsync(contender, clients, 3 * sustainable, cancellation);
        await InterruptAsync(contender, clients, sustainable / 10, cancellation);
        Array.ForEach(clients, client => client.Dispose());
    }

    private static async Task OverloadAsync(LLMscopeContender contender, HttpSender[] clients, double samplesASecond, CancellationToken cancellation)
    {
        var memory = WatchMemoryAsync(contender.Process.Service, out var stop);
        var overload = await OfferAsync(clients, samplesASecond, Overload, cancellation);
        await stop();
        Print($"offered {overload.Offered / Overload.TotalSeconds:N0} samples/s for {Overload.TotalSeconds} s: {overload}");
        var resident = await memory;
        Print($"memory of the service in MiB, every ten seconds: {string.Join(", ", resident.Where((_, i) => i % 10 == 0))}; most {resident.Max()}");
        Print($"recovered: a sample is acknowledged {(await RecoverAsync(clients[0], cancellation)).TotalSeconds:0.00} s after the load ended");
        await CheckAsync(contender, clients, cancellation);
    }

    private static async Task InterruptAsync(LLMscopeContender contender, HttpSender[] clients, double samplesASecond, CancellationToken cancellation)
    {
        Print($"PostgreSQL is killed while {samplesASecond:N0} samples/s come in, and started again after {Outage.TotalSeconds} s");
        var during = OfferAsync(clients, samplesASecond, Outage + TimeSpan.FromSeconds(10), cancellation);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellation);
        await contender.Process.InterruptDatabaseAsync(Outage, cancellation);
        Print($"in {(Outage + TimeSpan.FromSeconds(10)).TotalSeconds} s: {await during}");
        Print($"recovered: a sample is acknowledged after {(await RecoverAsync(clients[0], cancellation)).TotalSeconds:0.00} s");
        await CheckAsync(contender, clients, cancellation);
        Print($"the service {(contender.Process.Service.HasExited ? "ended" : "runs on as the same process")}");
    }

    private static async Task CheckAsync(LLMscopeContender contender, HttpSender[] clients, CancellationToken cancellation)
    {
        // What was refused is sent again until it is taken.
        await Task.WhenAll(clients.Select(client => client.SettleAsync(cancellation)));
        var acknowledged = clients.Sum(client => client.Acknowledged);
        var stored = await contender.CountAsync(cancellation);
        Print($"acknowledged {acknowledged:N0}, stored {stored:N0}: {(acknowledged == stored ? "none lost, none twice" : "THEY DIFFER")}");
    }

    private static async Task<Outcome> OfferAsync(HttpSender[] clients, double samplesASecond, TimeSpan duration, CancellationToken cancellation)
    {
        var outcome = new Outcome();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(client => Task.Run(
            async () =>
            {
                for (var sent = 0; Stopwatch.GetElapsedTime(started) < duration; sent++)
                {
                    var due = TimeSpan.FromSeconds(double.IsInfinity(samplesASecond) ? 0 : sent * SamplesABody * clients.Length / samplesASecond) - Stopwatch.GetElapsedTime(started);
                    if (due > TimeSpan.Zero)
                        await Task.Delay(due, TimeProvider.System, cancellation);
                    outcome.Add(await client.TrySendAsync(cancellation), SamplesABody);
                }
            },
            cancellation)));
        return outcome;
    }

    private static async Task<TimeSpan> RecoverAsync(HttpSender client, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (await client.TrySendAsync(cancellation) != HttpSender.IsAcknowledged)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException("The service did not recover within a minute.");
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static Task<List<long>> WatchMemoryAsync(Process service, out Func<Task> stop)
    {
        var end = new CancellationTokenSource();
        stop = end.CancelAsync;
        return Task.Run(async () =>
        {
            var resident = new List<long>();
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
            while (!end.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
            {
                service.Refresh();
                resident.Add(service.WorkingSet64 / 1048576);
            }

            end.Dispose();
            return resident;
        });
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Answers by status.</summary>
    private sealed class Outcome
    {
        private readonly Dictionary<int, int> _answers = [];

        public long Offered { get; private set; }

        public long Acknowledged { get; private set; }

        public void Add(int status, int samples)
        {
            lock (_answers)
            {
                Offered += samples;
                Acknowledged += status == HttpSender.IsAcknowledged ? samples : 0;
                _answers[status] = _answers.GetValueOrDefault(status) + 1;
            }
        }

        public override string ToString() =>
            string.Join(", ", _answers.OrderBy(answer => answer.Key).Select(answer => $"{(answer.Key == HttpSender.NoAnswer ? "no answer" : answer.Key)}: {answer.Value:N0} requests"))
            + $", {Acknowledged:N0} samples acknowledged";
    }
}
