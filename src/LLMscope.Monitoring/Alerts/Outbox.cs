using LLMscope.Monitoring.Violations;
using Npgsql;
using NpgsqlTypes;

namespace LLMscope.Monitoring.Alerts;

/// <summary>
/// The notifications that are to be delivered. They are written in the transaction of what they tell of: both are durable, or neither.
/// </summary>
internal sealed class Outbox(TimeProvider clock)
{
    /// <summary>
    /// Writes one notification for each enabled receiver. The end of a violation goes to those who have, or will have, its beginning,
    /// even to one that is disabled for now.
    /// </summary>
    public async Task EnqueueAsync(NpgsqlConnection connection, ViolationNotice notice, CancellationToken cancellation)
    {
        var receivers = await ReceiversAsync(connection, notice, cancellation);
        if (receivers.Length == 0)
            return;

        var now = clock.GetUtcNow();
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO notifications (id, receiver_id, violation_id, kind, seq, notice, state, next_attempt_at, retry_until, created_at)
            SELECT n.id, n.receiver, $3, $4, $5, $6, 'pending', $7, $8, $7 FROM unnest($1, $2) AS n (id, receiver)
            ON CONFLICT (violation_id, receiver_id, kind) DO NOTHING
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. receivers.Select(_ => Guid.CreateVersion7(now))] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = receivers });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = notice.ViolationId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = notice.Resolved ? "resolved" : "opened" });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = notice.Resolved ? (short)2 : (short)1 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = NoticeJson.Write(notice), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + DeliveryRetry.LongestTime });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<Guid[]> ReceiversAsync(NpgsqlConnection connection, ViolationNotice notice, CancellationToken cancellation)
    {
        // The lock keeps a receiver from being removed before this transaction ends.
        await using var command = new NpgsqlCommand(
            notice.Resolved
                ? """
                  SELECT id FROM receivers r
                  WHERE EXISTS (SELECT FROM notifications n WHERE n.violation_id = $1 AND n.receiver_id = r.id AND n.kind = 'opened')
                  FOR KEY SHARE
                  """
                : "SELECT id FROM receivers WHERE enabled FOR KEY SHARE",
            connection);
        if (notice.Resolved)
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = notice.ViolationId });

        var receivers = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            receivers.Add(reader.GetGuid(0));

        return [.. receivers];
    }
}
