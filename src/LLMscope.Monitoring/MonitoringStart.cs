using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Samples;
using LLMscope.Monitoring.Storage;
using LLMscope.Monitoring.Violations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LLMscope.Monitoring;

/// <summary>
/// Everything before the first sample: it waits for the database, makes sure that no other LLMscope writes it, brings the schema up to
/// date, and takes up series, charts and violations where they stopped. Whoever needs that awaits the <see cref="StartSignal"/>.
/// </summary>
internal sealed partial class MonitoringStart(
    NpgsqlDataSource database, StartSignal signal, SeriesCatalog catalog, ChartBoard board, ChartLedger ledger, TimeProvider clock, ILogger<MonitoringStart> logger)
    : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetTimestamp();
        await using var connection = await ConnectAsync(stoppingToken);
        await using var lease = await WriterLease.TakeAsync(database, clock, stoppingToken);
        await Migrations.ApplyAsync(connection, clock, stoppingToken);
        var progress = await RestoreAsync(connection, stoppingToken);
        await connection.CloseAsync();
        signal.Restored(progress);
        LogReady(catalog.Count, board.Count, clock.GetElapsedTime(started).TotalSeconds);

        await lease.HoldAsync(stoppingToken);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await database.OpenConnectionAsync(cancellation);
            }
            catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
            {
                LogWaiting(fault.Message);
                await Task.Delay(Retry, clock, cancellation);
            }
        }
    }

    private async Task<Progress> RestoreAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await SeriesRows.LoadAsync(connection, catalog, cancellation);
        var charts = await ChartRows.LoadAsync(connection, catalog, cancellation);
        var baselines = (await BaselineRows.LoadAsync(connection, null, cancellation)).ToLookup(baseline => baseline.ChartId);
        var points = await PointRows.LoadLastAsync(connection, cancellation);
        var paces = await PointRows.LoadPaceAsync(connection, cancellation);
        var latest = await SampleBlocks.LatestAsync(connection, cancellation);
        var open = (await ViolationRows.LoadOpenAsync(connection, cancellation)).ToLookup(violation => violation.ChartId);

        foreach (var (chart, state) in charts)
        {
            foreach (var baseline in baselines[chart.Id])
                ledger.Restore(baseline.Id, baseline.ChartId, baseline.Version);
            foreach (var violation in open[chart.Id])
                chart.Episodes.Restore(violation);

            var current = baselines[chart.Id].LastOrDefault(baseline => baseline.FirstNumber >= state.CollectsFrom);
            chart.Restore(state with { Baseline = current }, points.GetValueOrDefault(chart.Id, []), paces.TryGetValue(chart.Id, out var since) ? since : null);
            chart.Series.LatestTime = chart.Last?.Time ?? DateTime.MinValue;
            board.Add(chart);
            board.Show(chart);
        }

        foreach (var (chart, _) in charts)
            board.Join(chart, catalog);

        // Samples that are in no point yet also say which later ones are late.
        foreach (var (seriesId, time) in latest)
        {
            if (catalog.Find(seriesId) is { } series && series.LatestTime < time)
                series.LatestTime = time;
        }

        return await ProgressRows.ReadAsync(connection, cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Waiting for the database: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Information, "Ready with {Series} series and {Charts} charts after {Seconds:0.00} s.")]
    private partial void LogReady(int series, int charts, double seconds);
}
