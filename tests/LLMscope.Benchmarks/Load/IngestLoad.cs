using System.Diagnostics;
using System.Net.Http.Headers;
using Npgsql;

namespace LLMscope.Benchmarks.Load;

/// <summary>
/// Durable ingest: NDJSON over HTTP as fast as the service acknowledges, judging switched on, checked against what is in the database;
/// beside it in the same run a raw binary COPY of the same rows, which is the ceiling.
/// </summary>
internal static class IngestLoad
{
    private const int Connections = 4;
    private const int SamplesABody = 10_000;
    private const int SeriesCount = 1_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(CancellationToken cancellation)
    {
        await using var process = await ServiceProcess.StartAsync(5_091, cancellation);
        Console.WriteLine($"warm-up: {await FloodAsync(process, TimeSpan.FromSeconds(3), cancellation):N0} samples/s");
        var before = await CountAsync(process, cancellation);
        var cpu = process.Service.TotalProcessorTime;
        var sent = await FloodAsync(process, Duration, cancellation);
        process.Service.Refresh();
        var used = process.Service.TotalProcessorTime - cpu;
        var stored = await CountAsync(process, cancellation) - before;
        var ceiling = await CopyCeilingAsync(process, cancellation);

        Console.WriteLine($"durable NDJSON ingest: {sent:N0} samples/s in bodies of {SamplesABody:N0}, {Connections} connections, {SeriesCount:N0} series, judging on");
        Console.WriteLine($"stored and acknowledged agree: {stored:N0} rows");
        Console.WriteLine($"CPU of the service: {used.TotalSeconds / stored * 1e6:0.00} s per million samples; peak memory {process.Service.PeakWorkingSet64 / 1048576} MiB");
        Console.WriteLine($"raw binary COPY of the same rows in the same run: {ceiling:N0} rows/s; ratio {sent / ceiling:0.00}");
    }

    private static async Task<double> FloodAsync(ServiceProcess process, TimeSpan duration, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection =>
            Task.Run(() => SendAsync(process.Address, connection, started, duration, cancellation), cancellation)));
        return sent.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<long> SendAsync(Uri address, int connection, long started, TimeSpan duration, CancellationToken cancellation)
    {
        // Each connection has series of its own, as applications have, so that no sample of one overtakes another's.
        var own = Enumerable.Range(0, SamplesABody).Select(i => (connection * (SeriesCount / Connections)) + (i % (SeriesCount / Connections)));
        var body = new SampleBody(own, new Random(connection));
        using var client = new HttpClient { BaseAddress = address };
        var sent = 0L;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            body.Renew(TimeProvider.System.GetUtcNow());
            using var content = new ByteArrayContent(body.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
            using var answer = await client.PostAsync("/api/v1/samples", content, cancellation);
            if (answer.IsSuccessStatusCode)
                sent += body.Samples;
            else if ((int)answer.StatusCode == 429)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            else
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
        }

        return sent;
    }

    private static async Task<long> CountAsync(ServiceProcess process, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(process.ConnectionString);
        await using var command = database.CreateCommand("SELECT count(*) FROM samples");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<double> CopyCeilingAsync(ServiceProcess process, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(process.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var table = new NpgsqlCommand("CREATE TABLE ceiling (sequence bigint, series_id int, time timestamptz, value float8, standing smallint, call_id bigint)", connection))
            await table.ExecuteNonQueryAsync(cancellation);

        var rows = 0L;
        var started = Stopwatch.GetTimestamp();
        var time = TimeProvider.System.GetUtcNow().UtcDateTime;
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5))
        {
            await using var copy = await connection.BeginBinaryImportAsync("COPY ceiling FROM STDIN (FORMAT BINARY)", cancellation);
            for (var i = 0; i < SamplesABody * Connections; i++)
            {
                copy.StartRow();
                copy.Write(++rows, NpgsqlTypes.NpgsqlDbType.Bigint);
                copy.Write(i % SeriesCount, NpgsqlTypes.NpgsqlDbType.Integer);
                copy.Write(time, NpgsqlTypes.NpgsqlDbType.TimestampTz);
                copy.Write(i * 0.001, NpgsqlTypes.NpgsqlDbType.Double);
                copy.Write((short)0, NpgsqlTypes.NpgsqlDbType.Smallint);
                copy.WriteNull();
            }

            await copy.CompleteAsync(cancellation);
        }

        return rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
