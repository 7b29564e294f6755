using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LLMscope.Benchmarks.Load;

/// <summary>
/// Ingest side by side: the same samples in batches of the same size over as many connections, one system after the other on this machine, as fast as each
/// acknowledges, and checked against what it has stored. InfluxDB and VictoriaMetrics take part where they are installed.
/// </summary>
internal static class IngestLoad
{
    private const int Connections = 4;
    private const int SamplesABatch = 10_000;
    private const int SeriesCount = 1_000;

    // What each series costs once is not what is measured: it is made, its first limits are estimated, and its chart goes over to subgroups.
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(4), MostWarmUp = TimeSpan.FromSeconds(12);
    private const int WarmUpSamplesASeries = 2_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private static readonly (string Name, Func<CancellationToken, Task<Contender?>> Start)[] Contenders =
    [
        ("COPY", async cancellation => await CopyContender.StartAsync(cancellation)),
        ("LLMscope NDJSON", async cancellation => await LLMscopeContender.StartAsync(LoadFormat.Ndjson, cancellation)),
        ("LLMscope OTLP", async cancellation => await LLMscopeContender.StartAsync(null, cancellation)),
        ("InfluxDB (package influxdb)", async cancellation => await ForeignContender.InfluxAsync(cancellation)),
        ("VictoriaMetrics (package victoria-metrics)", async cancellation => await ForeignContender.VictoriaAsync(cancellation)),
    ];

    /// <param name="only">The beginning of the name of the one that is measured; all where it is null; "series" for the cost by the number of series alone.</param>
    public static async Task RunAsync(string? only, CancellationToken cancellation)
    {
        var table = new StringBuilder("| system | durable | samples/s | CPU seconds per million | bytes on disk per sample |\n|---|---|---|---|---|\n");
        foreach (var (name, start) in Contenders.Where(one => only is null || one.Name.StartsWith(only, StringComparison.OrdinalIgnoreCase)))
        {
            await using var contender = await start(cancellation);
            Console.WriteLine(contender is null ? $"{name} is not installed" : $"measuring {contender.Name}");
            if (contender is not null)
                table.AppendLine(await MeasureAsync(contender, SeriesCount, cancellation));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nBatches of {SamplesABatch:N0} over {Connections} connections, {SeriesCount:N0} series, {Duration.TotalSeconds} s each:\n\n{table}"));
        if (only is null or "series")
            await CostBySeriesAsync(cancellation);
    }

    private static async Task CostBySeriesAsync(CancellationToken cancellation)
    {
        var table = new StringBuilder("| LLMscope with so many series | samples/s | CPU seconds per million | bytes on disk per sample |\n|---|---|---|---|\n");
        foreach (var series in new[] { 10, 1_000, 100_000 })
        {
            await using var contender = await LLMscopeContender.StartAsync(LoadFormat.Ndjson, cancellation);
            var row = await MeasureAsync(contender, series, cancellation);
            table.AppendLine(string.Create(CultureInfo.InvariantCulture, $"| {series:N0} |{row[(row.IndexOf("yes |", StringComparison.Ordinal) + 5)..]}"));
        }

        Console.WriteLine(table);
    }

    private static async Task<string> MeasureAsync(Contender contender, int seriesCount, CancellationToken cancellation)
    {
        var senders = Enumerable.Range(0, Connections)
            .Select(connection => contender.Connect([.. Enumerable.Range(0, seriesCount).Where(series => series % Connections == connection)], SamplesABatch, connection)).ToArray();

        var known = await FloodAsync(
            senders, (sent, time) => time < LeastWarmUp || sent < seriesCount || (time < MostWarmUp && sent < WarmUpSamplesASeries * (long)seriesCount), cancellation);
        await contender.SettleAsync(cancellation);
        Console.WriteLine("warm");
        var before = contender.Cpu();
        var sent = await FloodAsync(senders, (_, time) => time < Duration, cancellation);
        var used = contender.Cpu() - before;
        foreach (var sender in senders)
            sender.Dispose();

        var stored = await contender.CountAsync(cancellation);
        if (stored != sent.Samples + known.Samples)
            Console.WriteLine($"{contender.Name}: {sent.Samples + known.Samples:N0} samples were acknowledged and {stored:N0} are stored");
        var bytes = (double)await contender.BytesAsync(cancellation) / stored;
        return string.Create(CultureInfo.InvariantCulture,
            $"| {contender.Name} | {(contender.IsDurable ? "yes" : "no")} | {sent.Samples / sent.Seconds:N0} | {used / sent.Samples * 1e6:0.00} | {bytes:0.0} |");
    }

    private static async Task<(long Samples, double Seconds)> FloodAsync(Sender[] senders, Func<long, TimeSpan, bool> goesOn, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = await Task.WhenAll(senders.Select(sender => Task.Run(
            async () =>
            {
                var own = 0L;
                while (goesOn(own * senders.Length, Stopwatch.GetElapsedTime(started)))
                    own += await sender.SendAsync(cancellation);
                return own;
            },
            cancellation)));
        return (sent.Sum(), Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
