using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Alerts;

/// <summary>What was delivered, what waits and what was given up.</summary>
public sealed class NotificationLog
{
    private const string Columns =
        "n.id, n.receiver_id, r.name, n.violation_id, n.kind, n.state, n.attempts, greatest(n.next_attempt_at, r.hold_until), n.last_status, n.last_error, n.created_at, n.sent_at";

    private readonly NpgsqlDataSource _database;
    private readonly OutboxBell _bell;
    private readonly TimeProvider _clock;

    internal NotificationLog(NpgsqlDataSource database, OutboxBell bell, TimeProvider clock) => (_database, _bell, _clock) = (database, bell, clock);

    /// <summary>The newest that match, newest first. What is null does not matter.</summary>
    public async Task<IReadOnlyList<Notification>> ListAsync(NotificationState? state, Guid? violation, int most, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            $"""
            SELECT {Columns} FROM notifications n JOIN receivers r ON r.id = n.receiver_id
            WHERE ($1 IS NULL OR n.state = $1) AND ($2 IS NULL OR n.violation_id = $2)
            ORDER BY n.created_at DESC, n.id DESC LIMIT $3
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = state is { } one ? NotificationWords.Of(one) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)violation ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });

        var notifications = new List<Notification>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            notifications.Add(Read(reader));

        return notifications;
    }

    public async Task<Notification?> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand($"SELECT {Columns} FROM notifications n JOIN receivers r ON r.id = n.receiver_id WHERE n.id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Puts a dead notification back into the outbox, with all its attempts before it, under the same id. Tests are pressed again instead.</summary>
    /// <returns>False where it is not a dead notification of a violation.</returns>
    public async Task<bool> TryResendAsync(Guid id, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            "UPDATE notifications SET state = 'pending', attempts = 0, next_attempt_at = $2, retry_until = $3 WHERE id = $1 AND state = 'dead' AND kind <> 'test'");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = _clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = _clock.GetUtcNow() + DeliveryRetry.LongestTime });
        var queued = await command.ExecuteNonQueryAsync(cancellation) == 1;
        _bell.Ring();
        return queued;
    }

    private static Notification Read(NpgsqlDataReader reader)
    {
        var state = NotificationWords.FindState(reader.GetString(5))!.Value;
        return new(
            Id: reader.GetGuid(0),
            ReceiverId: reader.GetGuid(1),
            ReceiverName: reader.GetString(2),
            ViolationId: reader.IsDBNull(3) ? null : reader.GetGuid(3),
            Kind: NotificationWords.KindOf(reader.GetString(4)),
            State: state,
            Attempts: reader.GetInt32(6),
            NextAttemptAt: state is NotificationState.Pending or NotificationState.Retry ? reader.GetFieldValue<DateTimeOffset>(7) : null,
            LastStatus: reader.IsDBNull(8) ? null : reader.GetInt32(8),
            LastError: reader.IsDBNull(9) ? null : reader.GetString(9),
            CreatedAt: reader.GetFieldValue<DateTimeOffset>(10),
            SentAt: reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11));
    }
}
