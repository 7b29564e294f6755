using LLMscope.Monitoring.Alerts;
using LLMscope.Monitoring.Charts;
using LLMscope.Monitoring.Violations;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring;

/// <summary>How a person resolves a violation: in the book, on its chart, and in the outbox.</summary>
public sealed class ViolationResolution
{
    private readonly NpgsqlDataSource _database;
    private readonly ViolationBook _book;
    private readonly ChartBoard _board;
    private readonly MonitorGate _gate;
    private readonly Outbox _outbox;
    private readonly OutboxBell _bell;
    private readonly ViolationFeed _feed;
    private readonly TimeProvider _clock;

    internal ViolationResolution(
        NpgsqlDataSource database, ViolationBook book, ChartBoard board, MonitorGate gate, Outbox outbox, OutboxBell bell, ViolationFeed feed, TimeProvider clock) =>
        (_database, _book, _board, _gate, _outbox, _bell, _feed, _clock) = (database, book, board, gate, outbox, bell, feed, clock);

    /// <summary>
    /// Someone closes it and may name its cause; a cause can also be recorded later. A further signal opens a new violation.
    /// Its notification is written in the same transaction.
    /// </summary>
    /// <returns>The violation as it is now, or null where there is none.</returns>
    public async Task<RecordedViolation?> ResolveAsync(Guid id, string by, string? cause, CancellationToken cancellation)
    {
        using (await _gate.EnterAsync(cancellation))
        {
            await using var connection = await _database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var command = new NpgsqlCommand(
                """
                UPDATE violations SET cause = coalesce($4, cause), state = 2,
                    resolved_at = CASE WHEN state = 2 THEN resolved_at ELSE $2 END, resolved_by = CASE WHEN state = 2 THEN resolved_by ELSE $3 END
                WHERE id = $1 RETURNING chart_id, resolved_at = $2 AND resolved_by = $3
                """,
                connection))
            {
                command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = Microseconds(_clock.GetUtcNow()) });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
                command.Parameters.Add(new NpgsqlParameter { Value = (object?)cause ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
                if (!await ResolvedNowAsync(command, cancellation))
                {
                    await transaction.CommitAsync(cancellation);
                    return await _book.FindAsync(id, cancellation);
                }
            }

            var resolved = await ReadAsync(connection, id, cancellation);
            var chart = _board.FindLive(resolved.Violation.ChartId);
            await _outbox.EnqueueAsync(connection, ViolationNotice.Of(resolved.Series, resolved.Unit, (chart?.Baseline?.Version ?? 0, chart?.Baseline?.Estimate.Count ?? 0), resolved.Violation, resolved: true), cancellation);
            await transaction.CommitAsync(cancellation);
            if (chart is not null)
            {
                chart.Episodes.Forget(id);
                _board.Show(chart);
            }

            _feed.Show(new ViolationNews(id, resolved.Violation.ChartId, "resolved"));
            _bell.Ring();
            return resolved;
        }
    }

    private static async Task<bool> ResolvedNowAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) && reader.GetBoolean(1);
    }

    private async Task<RecordedViolation> ReadAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT {ViolationRows.WithKind} FROM violations v WHERE v.id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return _book.WithSeries(reader);
    }

    private static DateTime Microseconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
