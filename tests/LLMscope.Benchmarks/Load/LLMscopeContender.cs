using System.Diagnostics;
using Npgsql;

namespace LLMscope.Benchmarks.Load;

/// <summary>LLMscope as it is run, judging switched on, by one of its ways in.</summary>
/// <param name="format">Null for OTLP.</param>
internal sealed class LLMscopeContender(ServiceProcess process, LoadFormat? format) : Contender
{
    public override string Name => $"LLMscope, {(format is null ? "OTLP/HTTP protobuf, each call three samples" : "NDJSON")}, judging";

    // With 100,000 series the first limits of all take longer than anyone waits for a measurement.
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(20);

    public override bool IsDurable => true;

    public ServiceProcess Process => process;

    public static async Task<LLMscopeContender> StartAsync(LoadFormat? format, CancellationToken cancellation) =>
        new(await ServiceProcess.StartAsync(5_091, cancellation, "--LLMscope:Catalog:LargestNumberOfSeries", "200000"), format);

    public override HttpSender Connect(IReadOnlyList<int> series, int samples, int seed) =>
        format is null ? new HttpSender(process.Address, new OtlpBody(series, samples / OtlpBody.SamplesASpan, new Random(seed)), "/v1/traces", "application/x-protobuf")
        : new HttpSender(process.Address, new LoadBody(format, series, samples, new Random(seed)), format.Path, format.MediaType);

    public override async Task SettleAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < LongestSettling && await AskAsync("SELECT archived - judged FROM archiving, judging", cancellation) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
    }

    public override double Cpu() => ProcessCpu.Of(process.Service.Id, process.PostgresId);

    public override Task<long> CountAsync(CancellationToken cancellation) => AskAsync("SELECT count(*) FROM samples", cancellation);

    public override Task<long> BytesAsync(CancellationToken cancellation) =>
        AskAsync(
            "SELECT sum(pg_total_relation_size(relid))::bigint FROM unnest(ARRAY['sample_blocks', 'calls', 'item_keys']) AS grown, pg_partition_tree(grown::regclass)", cancellation);

    /// <summary>The points that were made of samples.</summary>
    public Task<long> PointsAsync(CancellationToken cancellation) => AskAsync("SELECT count(*) FROM points", cancellation);

    public override ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<long> AskAsync(string sql, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(process.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
