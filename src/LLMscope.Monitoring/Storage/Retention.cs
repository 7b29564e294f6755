using System.ComponentModel.DataAnnotations;
using LLMscope.Monitoring.Violations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LLMscope.Monitoring.Storage;

/// <summary>How long what is stored is kept.</summary>
public sealed class RetentionOptions
{
    public const string Section = "LLMscope:Retention";

    /// <summary>Days that samples and calls are kept. Older samples are not taken in either.</summary>
    [Range(1, 3_650)]
    public int SampleDays { get; init; } = 30;

    /// <summary>Days that points are kept, rounded up to whole months. Those around a violation live as long as it does.</summary>
    [Range(1, 3_650)]
    public int PointDays { get; init; } = 400;
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;

/// <summary>Drops partitions that are too old, once an hour. Points around a violation are saved first.</summary>
internal sealed partial class Retention(
    NpgsqlDataSource database, Partitions partitions, IOptions<RetentionOptions> options, StartSignal start, TimeProvider clock, ILogger<Retention> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.RestoredAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (NpgsqlException fault) when (DatabaseFaults.IsPassing(fault))
            {
                LogPostponed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Drops what is too old now.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await DropAsync("sample_blocks", today.AddDays(-options.Value.SampleDays), cancellation);
        await DropAsync("calls", today.AddDays(-options.Value.SampleDays), cancellation);
        await DropAsync("points", today.AddDays(-options.Value.PointDays), cancellation);
        await DropAsync("item_keys", today.AddDays(-ItemKeys.DaysRemembered), cancellation);
    }

    private async Task DropAsync(string table, DateOnly day, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var partition in await Partitions.OlderThanAsync(connection, table, day, cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            if (table == "points")
                await KeepPointsAsync(connection, partition, cancellation);
            await partitions.DropAsync(connection, partition, cancellation);
            await transaction.CommitAsync(cancellation);
            LogDropped(partition);
        }
    }

    private static async Task KeepPointsAsync(NpgsqlConnection connection, string partition, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            INSERT INTO kept_points
            SELECT p.* FROM {partition} p
            WHERE EXISTS (SELECT FROM violations v WHERE v.chart_id = p.chart_id
                AND p.number BETWEEN v.opened_number - $1 AND v.last_signal_number + $1)
            ON CONFLICT DO NOTHING
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Violation.PointsAround });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Dropped {Partition}, which is older than is kept.")]
    private partial void LogDropped(string partition);

    [LoggerMessage(LogLevel.Warning, "Retention was postponed by an hour.")]
    private partial void LogPostponed(Exception fault);
}
