using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Alerts;

/// <summary>How the sender takes notifications from the outbox and writes down what came of them.</summary>
internal static class OutboxRows
{
    /// <summary>Time to deliver and to write that down. Beyond it, whoever comes next tries again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Leases at most one notification for each receiver that is not busy: the one that is due longest.</summary>
    public static async Task<List<ClaimedNotification>> ClaimAsync(
        NpgsqlDataSource database, Guid owner, Guid[] busy, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await MergeAsync(connection, now, cancellation);
        await SettleLostTestsAsync(connection, now, cancellation);

        // An end whose beginning is neither sent nor merged stays: it may have been committed since the merging.
        await using var command = new NpgsqlCommand(
            """
            WITH due AS MATERIALIZED (
                SELECT n.id, r.name, r.kind AS receiver_kind, r.settings, r.secret
                FROM receivers r CROSS JOIN LATERAL (
                    SELECT n.id FROM notifications n
                    WHERE n.receiver_id = r.id AND n.kind <> 'test'
                        AND (n.state IN ('pending', 'retry') AND n.next_attempt_at <= $1 OR n.state = 'sending' AND n.lease_until <= $1)
                        AND NOT EXISTS (SELECT FROM notifications e
                            WHERE e.violation_id = n.violation_id AND e.receiver_id = n.receiver_id
                                AND e.seq < n.seq AND e.state NOT IN ('sent', 'merged'))
                    ORDER BY n.next_attempt_at, n.id LIMIT 1
                    FOR UPDATE OF n SKIP LOCKED) n
                WHERE r.enabled AND (r.hold_until IS NULL OR r.hold_until <= $1) AND r.id <> ALL ($2)
                    AND NOT EXISTS (SELECT FROM notifications s
                        WHERE s.receiver_id = r.id AND s.state = 'sending' AND s.kind <> 'test' AND s.lease_until > $1))
            UPDATE notifications n SET state = 'sending', lease_owner = $3, lease_until = $4, attempts = n.attempts + 1
            FROM due WHERE n.id = due.id
            RETURNING n.id, n.receiver_id, due.name, due.receiver_kind, due.settings, due.secret, n.kind, n.notice, n.attempts, n.retry_until, n.created_at,
                EXISTS (SELECT FROM notifications m WHERE m.violation_id = n.violation_id AND m.receiver_id = n.receiver_id AND m.state = 'merged')
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = busy });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + Lease });

        var claimed = new List<ClaimedNotification>(); // at most one for each receiver
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                claimed.Add(Read(reader));
        }

        await transaction.CommitAsync(cancellation);
        return claimed;
    }

    /// <summary>Writes down what came of a lease, unless another took it over meanwhile.</summary>
    /// <returns>Whether the lease was still ours.</returns>
    public static async Task<bool> SettleAsync(
        NpgsqlDataSource database, Guid owner, ClaimedNotification claimed, Settlement settlement, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (settlement.HoldUntil is { } hold)
        {
            await using var patience = new NpgsqlCommand("UPDATE receivers SET hold_until = $2 WHERE id = $1", connection);
            patience.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claimed.ReceiverId });
            patience.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = hold });
            await patience.ExecuteNonQueryAsync(cancellation);
        }

        await using var command = new NpgsqlCommand(
            """
            UPDATE notifications SET state = $3, next_attempt_at = coalesce($4, next_attempt_at), sent_at = $5, last_status = $6, last_error = $7,
                lease_owner = NULL, lease_until = NULL
            WHERE id = $1 AND lease_owner = $2
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claimed.Id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = NotificationWords.Of(settlement.State) });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)settlement.NextAttemptAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)settlement.SentAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)settlement.Status ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)settlement.Error ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        var settled = await command.ExecuteNonQueryAsync(cancellation) == 1;
        await transaction.CommitAsync(cancellation);
        return settled;
    }

    /// <summary>When the next notification can be tried, or null where none waits for a receiver that is not busy.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(NpgsqlDataSource database, Guid[] busy, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT min(CASE WHEN n.state = 'sending' THEN n.lease_until ELSE greatest(n.next_attempt_at, r.hold_until) END)
            FROM notifications n JOIN receivers r ON r.id = n.receiver_id
            WHERE r.enabled AND n.state IN ('pending', 'sending', 'retry') AND r.id <> ALL ($1)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = busy });
        return await command.ExecuteScalarAsync(cancellation) is DateTime due ? new DateTimeOffset(due) : null;
    }

    /// <summary>How many wait, counted up to a bound, and since when the oldest does.</summary>
    public static async Task<(long Count, DateTimeOffset? Oldest)> WaitingAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT count(*), min(created_at) FROM (
                SELECT created_at FROM notifications WHERE state IN ('pending', 'sending', 'retry') AND kind <> 'test' ORDER BY created_at LIMIT 10000) waiting
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    // A beginning that did not get out before the end came is told together with it, under the identity of the end: under its own,
    // a receiver that took it after all and whose answer was lost would drop the end as a duplicate.
    private static async Task MergeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE notifications o SET state = 'merged', lease_owner = NULL, lease_until = NULL
            FROM notifications e
            WHERE e.state IN ('pending', 'retry') AND e.kind = 'resolved' AND o.kind = 'opened'
                AND o.violation_id = e.violation_id AND o.receiver_id = e.receiver_id
                AND (o.state IN ('pending', 'retry', 'dead') OR o.state = 'sending' AND o.lease_until <= $1);
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // Someone pressed the button and LLMscope died: nobody waits for the answer any more.
    private static async Task SettleLostTestsAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE notifications SET state = 'dead', lease_owner = NULL, lease_until = NULL, last_error = 'LLMscope stopped before the receiver answered.'
            WHERE state = 'sending' AND kind = 'test' AND lease_until <= $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static ClaimedNotification Read(NpgsqlDataReader reader) => new(
        Id: reader.GetGuid(0),
        ReceiverId: reader.GetGuid(1),
        ReceiverName: reader.GetString(2),
        ReceiverKind: reader.GetString(3),
        Settings: JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(4))!,
        Secret: reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5),
        Kind: NotificationWords.KindOf(reader.GetString(6)),
        Notice: NoticeJson.Read(reader.GetString(7)),
        Attempts: reader.GetInt32(8),
        RetryUntil: reader.GetFieldValue<DateTimeOffset>(9),
        CreatedAt: reader.GetFieldValue<DateTimeOffset>(10),
        TellsOpening: reader.GetBoolean(11));
}
